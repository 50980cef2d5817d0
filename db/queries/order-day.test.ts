import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { type OrderInput, orderInput } from '@/domain/order-input'
import { ORDER_STATUSES } from '@/domain/vocabulary'
import { cancelByKey } from '../mutations/order-cancel'
import { placeOrder } from '../mutations/order-placement'
import { countQueries } from '../request-context'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, DISHES, type KitchenScope } from '../testing/kitchen'
import { press } from '../testing/orders'
import { findOrderByNumber, getOrderDay, type OrderDay, type OrderDayParams } from './order-day'

const database = testDatabase()
let here: KitchenScope
let there: KitchenScope

type Placed = { id: string; orderNumber: string; callNumber: number; businessDate: string }

async function place(scope: KitchenScope, input: Partial<OrderInput> = {}): Promise<Placed> {
  const order = orderInput.parse({
    channel: 'dine_in',
    lines: [{ menuItemId: DISHES.risotto.id, quantity: 1 }],
    ...input,
  })
  const placed = await placeOrder(database.db, scope, order, { idempotencyKey: randomUUID() })
  return placed.ok ? JSON.parse(placed.response) : expect.fail(placed.reason)
}

const ALL: Omit<OrderDayParams, 'businessDate'> = {
  search: '',
  channel: null,
  status: null,
  before: null,
  limit: 50,
}
const dayOf = (scope: KitchenScope, date: string, params: Partial<OrderDayParams> = {}) =>
  getOrderDay(database.db, scope, { ...ALL, businessDate: date, ...params })
const callsOf = (day: { rows: { callNumber: number }[] }) => day.rows.map(({ callNumber }) => callNumber)

beforeAll(async () => {
  await addChain(database.db)
  here = await addKitchen(database.db)
  there = await addKitchen(database.db)
})

describe('a business day', () => {
  let date: string
  let orders: Placed[]

  beforeAll(async () => {
    const { risotto, tagliata, water } = DISHES
    orders = [
      await place(here, { placeOrName: 'Table 4' }),
      await place(here, {
        channel: 'takeaway',
        placeOrName: '',
        customer: { name: 'Ada 100% Lovelace' },
        lines: [risotto, tagliata, water, risotto].map(({ id }, index) => ({
          menuItemId: id,
          quantity: index + 1,
          specialRequests: '',
        })),
      }),
      await place(here, { placeOrName: 'Terrace', lines: [line(water.id)] }),
      await place(here, { channel: 'delivery', lines: [line(tagliata.id)] }),
    ]
    date = orders[0]?.businessDate ?? ''
    await place(there, { placeOrName: 'Table 4', lines: [line(tagliata.id)] })
    const cancelled = await cancelByKey(database.db, here, orders[3]?.id ?? '', { idempotencyKey: 'cancel' })
    expect(cancelled.ok).toBe(true)
    await press(database.db, here, { do: 'bump', orderId: orders[2]?.id, from: 'confirmed' })
  })

  const line = (menuItemId: number) => ({ menuItemId, quantity: 1, specialRequests: '' })

  test('lists the restaurant’s own orders, the newest first, with what is on them', async () => {
    const { rows, next } = await dayOf(here, date)
    expect(callsOf({ rows })).toEqual([4, 3, 2, 1])
    expect(next).toBeNull()
    expect(rows[2]).toMatchObject({
      id: orders[1]?.id,
      channel: 'takeaway',
      customer: 'Ada 100% Lovelace',
      portions: 10,
      dishes: ['1 Risotto', '2 Tagliata', '3 Water'],
      moreLines: 1,
      unacknowledged: false,
      total: 1450 + 2 * 2300 + 3 * 300 + 4 * 1450,
    })
    expect(rows[0]).toMatchObject({ status: 'cancelled', unacknowledged: true, customer: null })
  })

  test('counts each status in orders and cents, and revenue without what was cancelled', async () => {
    const { counts, revenue } = await dayOf(here, date)
    const byStatus = ORDER_STATUSES.flatMap((status) => counts.filter((count) => count.status === status))
    expect(byStatus).toEqual([
      { status: 'confirmed', orders: 2, cents: 1450 + 12_750 },
      { status: 'preparing', orders: 1, cents: 300 },
      { status: 'cancelled', orders: 1, cents: 2300 },
    ])
    expect(revenue).toBe(1450 + 12_750 + 300)
  })

  test('counts under the search and the channel, whatever status is shown', async () => {
    const shown = await dayOf(here, date, { status: 'preparing', search: 'water' })
    expect(callsOf(shown)).toEqual([3])
    expect(shown.counts.map(({ status }) => status).sort()).toEqual(['confirmed', 'preparing'])
    expect(callsOf(await dayOf(here, date, { channel: 'takeaway' }))).toEqual([2])
  })

  test.each([
    ['a table, in any case', 'TABLE', [1]],
    ['words that all must be found', 'table 4', [1]],
    ['a name', 'lovelace', [2]],
    ['a sign that means something to the database', '100%', [2]],
    ['the same sign where it is nowhere', 'table%', []],
    ['a dish', 'tagliata', [4, 2]],
    ['a call number', '#3', [3]],
    ['a call number and what is on it', '3 water', [3]],
    ['two words of which one is nowhere', 'risotto burger', []],
    ['a backslash', 'a\\', []],
  ])('is searched by %s', async (_, search, calls) => {
    expect(callsOf(await dayOf(here, date, { search }))).toEqual(calls)
  })

  test('is searched by the part of an order number that tells orders apart, not by its date', async () => {
    const number = orders[1]?.orderNumber ?? ''
    expect(callsOf(await dayOf(here, date, { search: number.slice(11, 16).toLowerCase() }))).toEqual([2])
    expect(callsOf(await dayOf(here, date, { search: number.toLowerCase() }))).toEqual([2])
    expect(callsOf(await dayOf(here, date, { search: number.slice(0, 7) }))).toEqual([])
  })

  test('is empty where nobody ordered', async () => {
    expect(await dayOf(here, '2020-01-01')).toEqual({ rows: [], next: null, counts: [], revenue: 0 })
  })

  test('takes one query', async () => {
    const { result, queries } = await countQueries(() => dayOf(here, date, { search: 'ris', limit: 1 }))
    expect(result.next).toBe(2)
    expect(queries).toBe(1)
  })

  test('an order number finds its order of this restaurant only', async () => {
    const number = orders[0]?.orderNumber ?? ''
    expect(await findOrderByNumber(database.db, here, number.toLowerCase())).toBe(orders[0]?.id)
    expect(await findOrderByNumber(database.db, there, number)).toBeNull()
  })
})

describe('pages', () => {
  test('neither skip nor repeat an order while orders come in', async () => {
    const busy = await addKitchen(database.db)
    const before: Placed[] = []
    for (let n = 0; n < 12; n++) before.push(await place(busy))
    const date = before[0]?.businessDate ?? ''
    const shown: number[] = []
    let at: number | null = null
    do {
      const [page]: [OrderDay, Placed, Placed] = await Promise.all([
        dayOf(busy, date, { before: at, limit: 5 }),
        place(busy),
        place(busy, { channel: 'delivery' }),
      ])
      shown.push(...callsOf(page))
      at = page.next
    } while (at !== null)
    expect(new Set(shown).size).toBe(shown.length)
    const oldest = before.map(({ callNumber }) => callNumber).reverse()
    expect(shown.slice(-oldest.length)).toEqual(oldest)
    expect(shown).toEqual([...shown].sort((one, other) => other - one))
  })
})
