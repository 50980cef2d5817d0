import { readFile } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { systemScope } from '@/domain/scope'
import { rollUpPopularity, rollUpSales } from '../../jobs/rollup'
import { verifyPassword } from '../../password'
import { testDatabase } from '../../testing/database'
import { danglingReferences, INVARIANTS, wrongBusinessDates } from '../invariants'
import { loadDemo } from './load'

/** The checks read whole tables, which no page does. */
const PATIENT = { statementTimeoutMs: 60_000 }
const silent = () => {}

// An evening in Europe; and the night in which Europe's clocks go forward, when every restaurant but New York's is shut.
describe.each([['2026-05-16T18:20:00Z'], ['2026-03-29T01:05:00Z']])('the demo chain at %s', (moment) => {
  const now = new Date(moment)
  const database = testDatabase('migrated', PATIENT)
  const select = async <Row extends Record<string, unknown>>(query: ReturnType<typeof sql>) => [
    ...(await database.db.execute<Row>(query)),
  ]

  beforeAll(async () => {
    const outcomes = await Promise.all([1, 2].map(() => loadDemo(database.url, silent, now)))
    expect(outcomes).toContainEqual({ loaded: true })
    expect(outcomes).toContainEqual({ loaded: false, reason: 'not_empty' })
  })

  test.each(Object.entries(INVARIANTS))('%s', async (_rule, breakers) => {
    expect(await select(sql`${breakers} limit 5`)).toEqual([])
  })

  test('every reference leads somewhere', async () => {
    expect(await danglingReferences(database.db)).toEqual([])
  })

  test('business dates are those of the clock on the wall', async () => {
    expect(await wrongBusinessDates(database.db)).toEqual([])
  })

  test('stock never fell below zero on the way', async () => {
    const below = await select(sql`
      select * from (
        select restaurant_id, ingredient_id, created_at,
          sum(quantity) over (partition by restaurant_id, ingredient_id order by created_at, id) as on_hand
        from stock_movements
      ) day where on_hand < 0 limit 5`)
    expect(below).toEqual([])
  })

  test('every confirmed order took its ingredients from the stock', async () => {
    const free = await select(sql`
      select order_number from orders o
      where confirmed_at is not null and not exists (
        select from stock_movements m where m.restaurant_id = o.restaurant_id and m.order_id = o.id)`)
    expect(free).toEqual([])
  })

  test('each restaurant has 5 to 14 open tickets of mixed states, from fresh to late', async () => {
    const kitchens = await select<{ open: number; states: number; oldest: number; youngest: number }>(sql`
      select count(*)::int as open, count(distinct status)::int as states,
        extract(epoch from ${moment}::timestamptz - min(created_at))::float8 / 60 as oldest,
        extract(epoch from ${moment}::timestamptz - max(created_at))::float8 / 60 as youngest
      from orders where status in ('pending', 'confirmed', 'preparing', 'ready') group by restaurant_id`)
    expect(kitchens).toHaveLength(4)
    for (const { open, states, oldest, youngest } of kitchens) {
      expect(open).toBeGreaterThanOrEqual(5)
      expect(open).toBeLessThanOrEqual(14)
      expect(states).toBeGreaterThanOrEqual(3)
      expect(oldest).toBeGreaterThan(10)
      expect(oldest).toBeLessThanOrEqual(14)
      expect(youngest).toBeLessThan(3)
    }
  })

  test('nothing happened in the future', async () => {
    const future = await select(sql`
      select order_number from orders
      where greatest(created_at, confirmed_at, preparing_at, ready_at, delivered_at, cancelled_at) > ${moment}::timestamptz
      union all select note from stock_movements where created_at > ${moment}::timestamptz`)
    expect(future).toEqual([])
  })

  test('what is not open now was ordered while the restaurant was open', async () => {
    const after = await select(sql`
      select order_number from orders o join restaurants r on r.id = restaurant_id
      where status in ('delivered', 'cancelled')
        and (o.created_at at time zone time_zone)::time not between opening_time and closing_time`)
    expect(after).toEqual([])
  })

  test('of the open tickets most are on time, some due, one or two late', async () => {
    const kitchens = await select<{ open: number; due: number; late: number }>(sql`
      select count(*)::int as open, (count(*) filter (where age >= amber_minutes and age < red_minutes))::int as due,
        (count(*) filter (where age >= red_minutes))::int as late
      from (
        select *, extract(epoch from ${moment}::timestamptz - coalesce(confirmed_at, created_at)) / 60 as age from orders
      ) o join restaurants r on r.id = restaurant_id
      where status in ('pending', 'confirmed', 'preparing', 'ready') group by restaurant_id`)
    for (const { open, due, late } of kitchens) {
      expect(open - due - late).toBeGreaterThan(open / 2)
      expect(due).toBeGreaterThan(0)
      expect([1, 2]).toContain(late)
    }
  })

  test('half of the tickets are ready within 6 to 8 minutes, and 6 to 12 % late: everywhere, and more in a rush', async () => {
    const shares = async (by: ReturnType<typeof sql>) =>
      select<{ part: string; late: number; median: number }>(sql`
        select ${by} as part, avg((minutes >= red_minutes)::int)::float8 as late,
          percentile_cont(0.5) within group (order by minutes) as median
        from (
          select *, extract(epoch from ready_at - confirmed_at)::float8 / 60 as minutes from orders
          where ready_at is not null
        ) o join restaurants r on r.id = restaurant_id
        group by 1 order by 1`)
    for (const { late, median } of await shares(sql`slug`)) {
      expect(median).toBeGreaterThan(6)
      expect(median).toBeLessThan(8)
      expect(late).toBeGreaterThan(0.06)
      expect(late).toBeLessThan(0.12)
    }
    const [delivery, atTable, takeaway] = (await shares(sql`channel`)).map(({ late }) => late)
    expect(atTable).toBeGreaterThan(delivery ?? 1)
    expect(delivery).toBeGreaterThan(takeaway ?? 1)
    const [quiet, rush] = await shares(
      sql`extract(hour from o.created_at at time zone time_zone) in (12, 13, 19, 20)`,
    )
    expect(rush?.late).toBeGreaterThan(quiet?.late ?? 1)
  })

  test('the grill takes the longest, the bar the least', async () => {
    const stations = await select<{ part: string }>(sql`
      select part from chain_kitchen_parts where dimension = 'station'
      group by part order by sum(ticket_ms) / sum(tickets)`)
    expect(stations.at(0)).toEqual({ part: 'bar' })
    expect(stations.at(-1)).toEqual({ part: 'grill' })
  })

  test('what the ledger calls a count stands in a stocktake with what was found', async () => {
    const loose = await select(sql`
      select m.id from stock_movements m
      left join stock_count_lines l
        on l.restaurant_id = m.restaurant_id and l.count_id = m.document_id and l.ingredient_id = m.ingredient_id
      where kind = 'count' and (l.counted - l.expected) is distinct from m.quantity`)
    expect(loose).toEqual([])
    const [counts] = await select<{ posted: number; unfinished: number }>(sql`
      select count(*)::int as posted, (count(*) filter (where status <> 'posted'))::int as unfinished from stock_counts`)
    expect(counts?.posted).toBeGreaterThan(15)
    expect(counts?.unfinished).toBe(0)
  })

  test('two shelves are empty and some are low', async () => {
    const [row] = await select<{ low: number; out: number }>(sql`
      select count(*)::int as low, count(*) filter (where on_hand = 0)::int as out from stock_levels where on_hand <= minimum`)
    expect(row?.out).toBe(2)
    expect(row?.low).toBeGreaterThanOrEqual(10)
    expect(row?.low).toBeLessThanOrEqual(24)
  })

  test('rolling up again changes nothing', async () => {
    const range = { from: '2026-01-01', to: '2026-06-01' }
    expect(await rollUpSales(database.db, systemScope(), range)).toEqual({ stored: 0, removed: 0 })
    expect(await rollUpPopularity(database.db, systemScope(), now)).toEqual({ stored: 0, removed: 0 })
  })
})

describe('the demo chain', () => {
  const database = testDatabase('migrated', PATIENT)
  const count = async (query: ReturnType<typeof sql>) => {
    const [row] = await database.db.execute<{ n: number }>(query)
    return row?.n
  }
  const interrupted = new Error('interrupted')

  beforeAll(async () => {
    const stopAtOrders = (line: string) => {
      if (line.startsWith('orders')) throw interrupted
    }
    await expect(loadDemo(database.url, stopAtOrders)).rejects.toBe(interrupted)
    expect(await count(sql`select count(*)::int as n from restaurants`)).toBe(0)
    expect(await loadDemo(database.url, silent)).toEqual({ loaded: true })
  })

  test('has a menu for a house of its size', async () => {
    expect(await count(sql`select count(*)::int as n from menu_items where recipe_id is not null`)).toBe(66)
    expect(await count(sql`select count(*)::int as n from menu_items where is_featured`)).toBe(8)
    expect(await count(sql`select count(distinct category_id)::int as n from menu_items`)).toBe(9)
    expect(await count(sql`select count(distinct time_zone)::int as n from restaurants`)).toBe(4)
  })

  test('buys 120 ingredients and uses each of them', async () => {
    expect(await count(sql`select count(distinct ingredient_id)::int as n from recipe_ingredients`)).toBe(120)
    expect(await count(sql`select count(*)::int as n from ingredients`)).toBe(120)
  })

  test('earns its living: ingredients are 20 to 38 % of the price', async () => {
    const wrong = await database.db.execute(sql`
      select d.name, round(100 * sum(c.quantity * i.unit_price) / d.price, 1) as food_cost
      from menu_items d join recipe_ingredients c using (recipe_id) join ingredients i on i.id = ingredient_id
      group by d.id having sum(c.quantity * i.unit_price) / d.price not between 0.2 and 0.38`)
    expect([...wrong]).toEqual([])
  })

  test('never sold a dish where it is not on the menu', async () => {
    const left = await database.db.execute(sql`
      select i.name from order_items i
      join menu_overrides o on o.restaurant_id = i.restaurant_id and o.menu_item_id = i.menu_item_id
      where o.is_available = false`)
    expect([...left]).toEqual([])
  })

  test('lets in whom sign-ins.json names', async () => {
    const signIns = JSON.parse(await readFile('db/seed/demo/sign-ins.json', 'utf8')) as Record<
      string,
      string
    >[]
    expect(signIns.map(({ role }) => role)).toEqual(['admin', 'manager', 'kitchen'])
    for (const { email, password = '', role } of signIns) {
      const [account] = await database.db.execute<{ hash: string; role: string }>(sql`
        select password as hash, role from accounts join users on users.id = user_id
        where email = ${email} and provider_id = 'credential' and account_id = users.id::text and is_active`)
      expect(account?.role).toBe(role)
      expect(await verifyPassword(account?.hash ?? '', password)).toBe(true)
    }
  })

  test('is left as it is by a second start', async () => {
    const before = await count(sql`select count(*)::int as n from orders`)
    expect(await loadDemo(database.url, silent)).toEqual({ loaded: false, reason: 'not_empty' })
    expect(await count(sql`select count(*)::int as n from orders`)).toBe(before)
  })
})
