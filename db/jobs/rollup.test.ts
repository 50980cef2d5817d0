import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addDays, businessDate, businessDayRange } from '@/domain/business-day'
import { systemScope } from '@/domain/scope'
import { countQueries } from '../request-context'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, type KitchenScope } from '../testing/kitchen'
import { addPastOrder, type PastOrder } from '../testing/past-orders'
import { closeKitchenDays } from './kitchen-metrics'
import { rollUpPopularity, rollUpSales } from './rollup'

const database = testDatabase()
const system = systemScope()

beforeAll(() => addChain(database.db))

/** A day on which clocks change, in zones and with cutoffs that make it hard, with the orders of that day and the next. */
const PLACES = [
  // 23 hours: the clock goes from 02:00 to 03:00 before the cutoff.
  { timeZone: 'Europe/Rome', dayCutoff: '04:00', date: '2026-03-28' },
  // 25 hours.
  { timeZone: 'America/New_York', dayCutoff: '03:30', date: '2026-10-31' },
  // The cutoff itself is skipped.
  { timeZone: 'Europe/Rome', dayCutoff: '02:30', date: '2026-03-29' },
  // Half an hour.
  { timeZone: 'Australia/Lord_Howe', dayCutoff: '05:00', date: '2026-10-03' },
] as const
const OF_EVERY_PLACE = { from: '2026-03-27', to: '2026-11-02' }

type Sale = PastOrder & { scope: KitchenScope; timeZone: string; date: string }
const sales: Sale[] = []

/** Reproducible figures: the n-th draw between 0 and 1. */
const draw = (n: number): number => ((n * 2654435761) % 4294967296) / 4294967296

beforeAll(async () => {
  let n = 0
  for (const { date, ...zone } of PLACES) {
    const scope = await addKitchen(database.db, zone)
    for (const day of [date, addDays(date, 1)]) {
      const { from, to } = businessDayRange(day, zone.timeZone, zone.dayCutoff)
      for (let i = 0; i < 40; i++) {
        n++
        const createdAt = new Date(from.getTime() + Math.floor(draw(n) * (to.getTime() - from.getTime())))
        expect(businessDate(createdAt, zone.timeZone, zone.dayCutoff)).toBe(day)
        const order: PastOrder = {
          date: day,
          createdAt,
          end:
            (
              [
                'delivered',
                'delivered',
                'delivered',
                'ready',
                'confirmed',
                'pending',
                'cancelled',
                'wasted',
              ] as const
            )[n % 8] ?? 'delivered',
          // Some tickets last longer than the histogram counts.
          prepSeconds: Math.floor(draw(n + 5000) * (n % 13 === 0 ? 40_000 : 2_400)),
          lines: [
            { dish: 1 + (n % 3), quantity: 1 + (n % 4), unitPrice: 300 + (n % 7) * 50 },
            { dish: 1 + ((n + 1) % 3), quantity: 2, unitPrice: 450 },
          ],
        }
        await addPastOrder(database.db, scope, order)
        sales.push({ ...order, scope, timeZone: zone.timeZone })
      }
    }
  }
})

beforeEach(async () => {
  await database.db.execute(sql`truncate daily_item_sales, item_popularity, chain_popularity`)
})

const counts = ({ end }: PastOrder): boolean => !['pending', 'cancelled', 'wasted'].includes(end)

describe('rollUpSales', () => {
  const stored = () =>
    database.db.execute<{ key: string; units: number; revenue: number }>(sql`
      select restaurant_id || ' ' || business_date || ' ' || menu_item_id as key, units, revenue::int
      from daily_item_sales order by key`)

  test('counts each dish of each restaurant and business day as a plain recount does', async () => {
    const { result, queries } = await countQueries(() => rollUpSales(database.db, system, OF_EVERY_PLACE))
    const expected = new Map<string, { units: number; revenue: number }>()
    for (const sale of sales.filter(counts)) {
      for (const { dish, quantity, unitPrice } of sale.lines) {
        const key = `${sale.scope.restaurant.id} ${sale.date} ${dish}`
        const { units, revenue } = expected.get(key) ?? { units: 0, revenue: 0 }
        expected.set(key, { units: units + quantity, revenue: revenue + quantity * unitPrice })
      }
    }
    const rows = [...expected].map(([key, figures]) => ({ key, ...figures }))
    expect(await stored()).toEqual(rows.sort((a, b) => (a.key < b.key ? -1 : 1)))
    expect(result).toEqual({ stored: rows.length, removed: 0 })
    expect(queries).toBe(1)
  })

  test('changes nothing the second time', async () => {
    await rollUpSales(database.db, system, OF_EVERY_PLACE)
    const first = await stored()
    expect(await rollUpSales(database.db, system, OF_EVERY_PLACE)).toEqual({ stored: 0, removed: 0 })
    expect(await stored()).toEqual(first)
  })

  test('removes a dish whose only order was cancelled since, and leaves days outside of the range alone', async () => {
    const scope = await addKitchen(database.db)
    const order = await addPastOrder(database.db, scope, past('2025-05-05', 'confirmed'))
    await addPastOrder(database.db, scope, past('2025-05-06', 'confirmed'))
    await rollUpSales(database.db, system, { from: '2025-05-05', to: '2025-05-06' })
    await database.db.execute(sql`
      update orders set status = 'cancelled', cancelled_at = now() where id = ${order}::uuid`)
    expect(await rollUpSales(database.db, system, { from: '2025-05-05', to: '2025-05-05' })).toEqual({
      stored: 0,
      removed: 1,
    })
    expect((await stored()).map((row) => row.key)).toEqual([`${scope.restaurant.id} 2025-05-06 1`])
  })

  test('leaves closed days to those who close them', async () => {
    const scope = await addKitchen(database.db)
    await addPastOrder(database.db, scope, past('2025-05-05', 'confirmed'))
    await closeKitchenDays(database.db, system, {
      now: new Date('2025-05-06T12:00:00Z'),
      restaurantIds: [scope.restaurant.id],
    })
    await database.db.execute(sql`
      update daily_item_sales set units = 7 where restaurant_id = ${scope.restaurant.id}`)
    const range = { from: '2025-05-05', to: '2025-05-05' }
    expect(await rollUpSales(database.db, system, range)).toMatchObject({ removed: 0 })
    expect(await stored()).toContainEqual({
      key: `${scope.restaurant.id} 2025-05-05 1`,
      units: 7,
      revenue: 300,
    })
  })
})

describe('rollUpPopularity', () => {
  test('adds up 28 business days of each restaurant by its own clock, then the chain', async () => {
    // At this moment it is the 15th in Kiritimati and still the 13th in Pago Pago.
    const now = new Date('2026-06-14T10:30:00Z')
    const ahead = await addKitchen(database.db, { timeZone: 'Pacific/Kiritimati', dayCutoff: '00:00' })
    const behind = await addKitchen(database.db, { timeZone: 'Pacific/Pago_Pago', dayCutoff: '00:00' })
    const today = { ahead: '2026-06-15', behind: '2026-06-13' }
    for (const { restaurant, date } of [
      { restaurant: ahead, date: today.ahead },
      { restaurant: behind, date: today.behind },
    ]) {
      for (const [days, units] of [
        [0, 1],
        [-27, 10],
        [-28, 100],
        [1, 1000],
      ] as const) {
        await database.db.execute(sql`
          insert into daily_item_sales (restaurant_id, business_date, menu_item_id, units, revenue)
          values (${restaurant.restaurant.id}, ${addDays(date, days)}, 1, ${units}, 0)`)
      }
    }
    await database.db.execute(sql`
      insert into item_popularity (restaurant_id, menu_item_id, units) values (${ahead.restaurant.id}, 2, 5)`)
    await database.db.execute(sql`insert into chain_popularity (menu_item_id, units) values (2, 5)`)

    expect(await rollUpPopularity(database.db, system, now)).toEqual({ stored: 3, removed: 2 })
    expect(
      await database.db.execute(sql`
        select restaurant_id as restaurant, menu_item_id as dish, units from item_popularity order by 1`),
    ).toEqual([
      { restaurant: ahead.restaurant.id, dish: 1, units: 11 },
      { restaurant: behind.restaurant.id, dish: 1, units: 11 },
    ])
    expect(await database.db.execute(sql`select menu_item_id as dish, units from chain_popularity`)).toEqual([
      { dish: 1, units: 22 },
    ])
    expect(await rollUpPopularity(database.db, system, now)).toEqual({ stored: 0, removed: 0 })
  })
})

/** One water at noon in Rome. */
function past(date: string, end: PastOrder['end']): PastOrder {
  return {
    date,
    createdAt: new Date(`${date}T10:00:00Z`),
    end,
    prepSeconds: 600,
    lines: [{ dish: 1, quantity: 1, unitPrice: 300 }],
  }
}
