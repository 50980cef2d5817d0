import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { cancelByKey } from '@/db/mutations/order-cancel'
import { countQueries } from '@/db/request-context'
import { testDatabase } from '@/db/testing/database'
import { addChain, addKitchen, type KitchenScope } from '@/db/testing/kitchen'
import { ticket } from '@/db/testing/orders'
import { type Person, restaurantScope } from '@/domain/scope'
import { loadOrder } from './[id]/order-data'
import { loadOrders } from './orders-data'
import { readOrdersView } from './search-params'

const database = testDatabase()
let here: KitchenScope
const orders: string[] = []

beforeAll(async () => {
  await addChain(database.db)
  here = await addKitchen(database.db)
  for (let n = 0; n < 60; n++) orders.push(await ticket(database.db, here, [1, 1], [2, 2], [3, 3]))
})

describe('the pages of orders keep to their budget of four queries', () => {
  test.each([
    ['the whole day', {}, 50],
    ['a search with filters', { q: 'tagliata', channel: 'dine_in', status: 'confirmed' }, 50],
    ['the second page', { before: '11' }, 10],
    ['an order number that there is not', { q: 'ORD20260101ABCDEFGH' }, 0],
  ])('%s asks at most two', async (_, given, rows) => {
    const { result, queries } = await countQueries(() =>
      loadOrders(database.db, here, readOrdersView(given), new Date()),
    )
    expect(result.found === null && result.day.rows.length).toBe(rows)
    expect(queries).toBeLessThanOrEqual(2)
  })

  test('one order with its history, its stock and the menu asks four, and without the menu three', async () => {
    const person = { userId: 1, role: 'manager', restaurants: [here.restaurant] } as unknown as Person
    const stock = restaurantScope(person, here.restaurant.slug, 'stock:read') ?? expect.fail()
    const load = () => countQueries(() => loadOrder(database.db, here, orders[0] ?? '', stock))
    const open = await load()
    expect(open.result).toMatchObject({ order: { callNumber: 1 }, background: { customer: null } })
    expect(open.result?.dishes.map(({ name }) => name)).toEqual(['Risotto', 'Tagliata', 'Water'])
    expect(open.result?.movements).toHaveLength(3)
    expect(open.queries).toBe(4)

    await cancelByKey(database.db, here, orders[0] ?? '', { idempotencyKey: randomUUID() })
    const closed = await load()
    expect(closed.result).toMatchObject({ order: { status: 'cancelled' }, dishes: [] })
    expect(closed.queries).toBe(3)
  })

  test('an order number leads to its order, and an order of nowhere is none', async () => {
    const known = await loadOrder(database.db, here, orders[1] ?? '', null)
    expect(known?.movements).toBeNull()
    const view = readOrdersView({ q: known?.order.orderNumber })
    expect(await loadOrders(database.db, here, view, new Date())).toEqual({ found: orders[1] })
    expect(await loadOrder(database.db, here, 'no-id', null)).toBeNull()
  })
})
