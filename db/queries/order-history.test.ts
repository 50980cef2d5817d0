import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { orderChange, orderInput } from '@/domain/order-input'
import { type Person, type RestaurantScope, restaurantScope } from '@/domain/scope'
import { cancelByKey } from '../mutations/order-cancel'
import { changeOrder } from '../mutations/order-changes'
import { placeOrder } from '../mutations/order-placement'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, type KitchenScope } from '../testing/kitchen'
import { press, ticket } from '../testing/orders'
import { addDevice } from '../testing/people'
import { listOrderEvents, listOrderMovements } from './order-history'

const database = testDatabase()
let here: KitchenScope
let stock: RestaurantScope<'stock:read'>
let there: KitchenScope

beforeAll(async () => {
  await addChain(database.db)
  here = await addKitchen(database.db, { stock: { 1: '1.000', 2: '5.000' } })
  there = await addKitchen(database.db)
  const person = { userId: 1, role: 'manager', restaurants: [here.restaurant] } as unknown as Person
  stock = restaurantScope(person, here.restaurant.slug, 'stock:read') ?? expect.fail()
})

describe('the history of an order', () => {
  test('tells who did what, in the order in which it happened', async () => {
    const { db } = database
    const orderId = await ticket(db, here, [1, 2], [3, 1])
    const change = orderChange.parse({ change: [{ line: 1, quantity: 9 }], remove: [2] })
    const changed = await changeOrder(db, here, orderId, change, { idempotencyKey: randomUUID() })
    expect(changed.ok).toBe(true)
    const { deviceId } = await addDevice(db, here.restaurant.id, 1, { name: 'Pass' })
    const screen = { ...here, actor: { userId: null, deviceId } }
    await press(db, screen, { do: 'acknowledge', orderId })
    await press(db, screen, { do: 'bump', orderId, from: 'confirmed' })

    const history = (await listOrderEvents(db, here, orderId)) ?? expect.fail()
    expect(history.events.map(({ kind, person, screen: by }) => [kind, person ?? by])).toEqual([
      ['placed', 'Cook'],
      ['confirmed', 'Cook'],
      ['changed', 'Cook'],
      ['acknowledged', 'Pass'],
      ['preparing', 'Pass'],
    ])
    // 9 portions of 300 g, of which there was 1 kg.
    expect(history.events[2]?.details).toMatchObject({
      total: { was: 2 * 1450 + 300, now: 9 * 1450 },
      short: [{ name: 'Rice' }],
    })
    expect(history).toMatchObject({ customer: null, unacknowledged: null })
    const times = history.events.map(({ at }) => at)
    expect(times).toEqual([...times].sort())
  })

  test('names nobody where other software placed it, and says whose it is', async () => {
    const software = { ...here, actor: { userId: null, deviceId: null } }
    const customer = { name: 'Ada', phone: '+49 30 1' }
    const input = orderInput.parse({ channel: 'delivery', customer, lines: [{ menuItemId: 3, quantity: 1 }] })
    const placed = await placeOrder(database.db, software, input, { idempotencyKey: randomUUID() })
    const history = await listOrderEvents(database.db, here, placed.ok ? placed.orderId : '')
    expect(history?.customer).toEqual({ ...customer, email: null, id: expect.any(Number) })
    expect(history?.events[0]).toMatchObject({ kind: 'placed', person: null, screen: null })
  })

  test('is nobody else’s business', async () => {
    const orderId = await ticket(database.db, here, [1, 1])
    expect(await listOrderEvents(database.db, there, orderId)).toBeNull()
    expect(await listOrderEvents(database.db, here, 'no-id')).toBeNull()
    const elsewhere = { ...stock, restaurant: there.restaurant }
    expect(await listOrderMovements(database.db, elsewhere, orderId)).toEqual([])
  })

  test('shows what it took from the stock and gave back, adding up to nothing once it is cancelled', async () => {
    const orderId = await ticket(database.db, here, [1, 2])
    expect(await listOrderMovements(database.db, stock, orderId)).toMatchObject([
      { ingredient: 'Butter', unit: 'kg', kind: 'consumed', quantity: '-0.1' },
      { ingredient: 'Rice', unit: 'kg', kind: 'consumed', quantity: '-0.6' },
    ])
    await cancelByKey(database.db, here, orderId, { idempotencyKey: randomUUID() })
    const all = await listOrderMovements(database.db, stock, orderId)
    expect(all.map(({ ingredient, kind, quantity }) => `${ingredient} ${kind} ${quantity}`)).toEqual([
      'Butter consumed -0.1',
      'Rice consumed -0.6',
      'Butter reversed 0.1',
      'Rice reversed 0.6',
    ])
    const [ledger] = await database.db.execute<{ sum: string }>(
      sql`select sum(quantity) from stock_movements where order_id = ${orderId}::uuid`,
    )
    expect(Number(ledger?.sum)).toBe(0)
  })
})
