import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { chainScope, type Person } from '@/domain/scope'
import { countLeftOpen, listLeftOpen } from '../queries/left-open'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, brokenLedger, type KitchenScope, onHand } from '../testing/kitchen'
import { press, ticket } from '../testing/orders'
import { settleLeftOpen } from './left-open'

const database = testDatabase()
const TOMORROW = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)

beforeAll(() => addChain(database.db))

const list = (scope: KitchenScope, today = TOMORROW) => listLeftOpen(database.db, scope, { today, limit: 10 })
const settle = (
  scope: KitchenScope,
  orderIds: string[],
  as: 'delivered' | 'cancelled',
  key: string = randomUUID(),
) => settleLeftOpen(database.db, scope, { orderIds, as, key })
const statuses = async (scope: KitchenScope) => {
  const rows = await database.db.execute<{ status: string; waits: boolean }>(sql`
    select status, unacknowledged is not null as waits from orders
    where restaurant_id = ${scope.restaurant.id} order by id`)
  return rows.map(({ status, waits }) => (waits ? `${status}, unacknowledged` : status))
}

test('tickets are left open once their day is over, and only where they are', async () => {
  const [scope, other] = [await addKitchen(database.db), await addKitchen(database.db)]
  const first = await ticket(database.db, scope, [1, 2], [3, 1])
  const second = await ticket(database.db, scope, [2, 1])
  await settle(scope, [second], 'delivered')
  expect(await list(scope, '2020-01-01')).toEqual([])
  expect(await list(other)).toEqual([])
  expect(await list(scope)).toMatchObject([
    { id: first, callNumber: 1, status: 'confirmed', dishes: ['2 Risotto', '1 Water'] },
  ])
  const person = { role: 'admin', restaurants: [scope.restaurant, other.restaurant] } as unknown as Person
  const days = [scope, other].map(({ restaurant }) => ({
    restaurantId: restaurant.id,
    businessDate: TOMORROW,
  }))
  expect(await countLeftOpen(database.db, chainScope(person) ?? expect.fail(), { days })).toEqual([
    { restaurantId: scope.restaurant.id, tickets: 1 },
  ])
})

test('tickets in any state are handed over by the steps that a wall takes, each once', async () => {
  const scope = await addKitchen(database.db, { autoConfirm: false, stock: { 1: '5.000', 2: '5.000' } })
  const orders: string[] = []
  for (let n = 0; n < 4; n++) orders.push(await ticket(database.db, scope, [1, 1]))
  const bumps = ['pending', 'confirmed', 'preparing'] as const
  for (const [n, orderId] of orders.entries())
    for (const from of bumps.slice(0, n)) await press(database.db, scope, { do: 'bump', orderId, from })
  expect(await statuses(scope)).toEqual(['pending', 'confirmed', 'preparing', 'ready'])
  expect(await settle(scope, orders, 'delivered')).toEqual({ ended: 4, refused: [] })
  expect(await settle(scope, orders, 'delivered')).toEqual({ ended: 4, refused: [] })
  expect(await statuses(scope)).toEqual(['delivered', 'delivered', 'delivered', 'delivered'])
  expect(await onHand(database.db, scope)).toMatchObject({ 1: '3.800' })
  expect(await brokenLedger(database.db, scope)).toEqual([])
  expect(await list(scope)).toEqual([])
})

test('cancelled ones leave the wall, and what was not cooked goes back on the shelf', async () => {
  const scope = await addKitchen(database.db, { stock: { 1: '5.000', 2: '5.000' } })
  const [raw, cooking] = [await ticket(database.db, scope, [1, 1]), await ticket(database.db, scope, [1, 1])]
  await press(database.db, scope, { do: 'bump', orderId: cooking, from: 'confirmed' })
  const key = randomUUID()
  expect(await settle(scope, [raw, cooking], 'cancelled', key)).toEqual({ ended: 2, refused: [] })
  expect(await settle(scope, [raw, cooking], 'cancelled', key)).toEqual({ ended: 2, refused: [] })
  expect(await statuses(scope)).toEqual(['cancelled', 'cancelled'])
  expect(await onHand(database.db, scope)).toMatchObject({ 1: '4.700' })
})

test('what can not be ended so is named: it was cancelled or handed over meanwhile, or stock is missing', async () => {
  const scope = await addKitchen(database.db, {
    autoConfirm: false,
    stockPolicy: 'refuse',
    stock: { 1: '0.100' },
  })
  const [short, gone] = [await ticket(database.db, scope, [1, 1]), await ticket(database.db, scope, [3, 1])]
  await settle(scope, [gone], 'cancelled')
  expect(await settle(scope, [short, gone, randomUUID()], 'delivered')).toMatchObject({
    ended: 0,
    refused: [short, gone, expect.any(String)],
  })
  await settle(scope, [short], 'cancelled')
  expect(await statuses(scope)).toEqual(['cancelled', 'cancelled'])
})
