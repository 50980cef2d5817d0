import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { addDays, businessDayRange, lastEndedDate } from '@/domain/business-day'
import { systemScope } from '@/domain/scope'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, type KitchenScope } from '../testing/kitchen'
import { press, ticket } from '../testing/orders'
import { addPastOrder } from '../testing/past-orders'
import { countLeftOpenTickets } from './count-left-open'
import { closeKitchenDays } from './kitchen-metrics'

const database = testDatabase()

beforeAll(() => addChain(database.db))

const close = (now: Date) => closeKitchenDays(database.db, systemScope(), { now })
const through = async (scope: KitchenScope) => {
  const [row] = await database.db.execute<{ through: string }>(sql`
    select through::text from kitchen_rollups where restaurant_id = ${scope.restaurant.id}`)
  return row?.through ?? null
}
const completedOn = async (scope: KitchenScope, date: string) => {
  const [row] = await database.db.execute<{ completed: number }>(sql`
    select orders_completed as completed from daily_kitchen_metrics
    where restaurant_id = ${scope.restaurant.id} and business_date = ${date}::date`)
  return row?.completed ?? null
}
const sell = (scope: KitchenScope, date: string, end: 'delivered' | 'confirmed' = 'delivered') => {
  const { timeZone, dayCutoff } = scope.restaurant
  const { from } = businessDayRange(date, timeZone, dayCutoff)
  const lines = [{ dish: 1, quantity: 1, unitPrice: 300 }]
  return addPastOrder(database.db, scope, { date, createdAt: from, end, prepSeconds: 60, lines })
}

/** Restaurants all over the world, closed step by step over a night in which their clocks change. */
test.each([
  ['2026-03-28T00:00:00Z', ['Europe/Rome', 'America/New_York', 'Asia/Tokyo', 'Africa/Cairo']],
  ['2026-10-31T12:00:00Z', ['America/New_York', 'America/St_Johns', 'Australia/Lord_Howe', 'UTC']],
])(
  'every day is closed once, as soon as it is over where the restaurant is (from %s)',
  async (start, zones) => {
    const kitchens: KitchenScope[] = []
    for (const [index, timeZone] of zones.entries()) {
      const dayCutoff = ['04:00', '02:30', '00:00', '01:30'][index] ?? '04:00'
      kitchens.push(await addKitchen(database.db, { timeZone, dayCutoff }))
    }
    const begin = new Date(start)
    const ended = (scope: KitchenScope, now: Date) =>
      lastEndedDate(now, scope.restaurant.timeZone, scope.restaurant.dayCutoff)
    for (const scope of kitchens)
      for (let day = 0; day <= 3; day++) await sell(scope, addDays(ended(scope, begin), day))

    const closed = new Map<KitchenScope, number>(kitchens.map((scope) => [scope, 0]))
    for (let hour = 0; hour <= 60; hour += 2.5) {
      const now = new Date(begin.getTime() + hour * 3_600_000)
      const before = await Promise.all(kitchens.map(through))
      await close(now)
      for (const [index, scope] of kitchens.entries()) {
        const date = await through(scope)
        expect(date).toBe(ended(scope, now))
        expect(await completedOn(scope, date ?? '')).toBe(1)
        expect(await completedOn(scope, addDays(date ?? '', 1))).toBeNull()
        if (date !== before[index]) closed.set(scope, (closed.get(scope) ?? 0) + 1)
      }
    }
    expect([...closed.values()].every((days) => days === 3 || days === 4)).toBe(true)
  },
)

test('a change of an order of a closed day computes that day anew, once', async () => {
  const scope = await addKitchen(database.db)
  const orderId = await ticket(database.db, scope, [1, 1])
  const [row] = await database.db.execute<{ date: string }>(sql`
    select business_date::text as date from orders where id = ${orderId}::uuid`)
  const date = row?.date ?? ''
  const tomorrow = new Date(Date.now() + 86_400_000)
  await close(tomorrow)
  expect(await completedOn(scope, date)).toBe(0)
  expect(await close(tomorrow)).toMatchObject({ closed: 0, recomputed: 0 })
  expect(await countLeftOpenTickets(database.db, systemScope())).toBe(1)

  for (const from of ['confirmed', 'preparing', 'ready'] as const)
    await press(database.db, scope, { do: 'bump', orderId, from })
  expect(await countLeftOpenTickets(database.db, systemScope())).toBe(0)
  expect(await close(tomorrow)).toMatchObject({ closed: 0, recomputed: 1 })
  expect(await completedOn(scope, date)).toBe(1)
  expect(await close(tomorrow)).toMatchObject({ closed: 0, recomputed: 0 })
})
