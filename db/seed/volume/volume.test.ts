import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { systemScope } from '@/domain/scope'
import { rollUpPopularity, rollUpSales } from '../../jobs/rollup'
import { testDatabase } from '../../testing/database'
import { danglingReferences, INVARIANTS, wrongBusinessDates } from '../invariants'
import { loadVolume } from './load'

/** The checks read whole tables, which no page does. */
const PATIENT = { statementTimeoutMs: 60_000 }
const NOW = new Date('2026-05-16T18:20:00Z')

describe('the volume set', () => {
  const database = testDatabase('migrated', PATIENT)
  const number = async (query: ReturnType<typeof sql>) => {
    const [row] = await database.db.execute<{ n: string }>(query)
    return Number(row?.n)
  }

  beforeAll(async () => {
    expect(await loadVolume(database.url, { scale: 0.05, now: NOW })).toEqual({ loaded: true })
  })

  test.each(Object.entries(INVARIANTS))('%s', async (_rule, breakers) => {
    expect(await database.db.execute(sql`${breakers} limit 5`)).toHaveLength(0)
  })

  test('every reference leads somewhere', async () => {
    expect(await danglingReferences(database.db)).toEqual([])
  })

  test('business dates are those of the clock on the wall', async () => {
    expect(await wrongBusinessDates(database.db)).toEqual([])
  })

  test.each([
    ['restaurants', 20],
    ['suppliers', 20],
    ['ingredients', 500],
    ['categories', 12],
    ['menu_items', 1000],
    ['chefs', 1000],
    ['stock_levels', 10_000],
    ['recipes', 2500],
    ['orders', 10_000],
  ])('%s has %i rows', async (table, rows) => {
    expect(await number(sql`select count(*) as n from ${sql.identifier(table)}`)).toBe(rows)
  })

  test('each restaurant has 15 open tickets, none older than 14 minutes', async () => {
    const open = await database.db.execute<{ tickets: number; young: boolean }>(sql`
      select count(*)::int as tickets, min(created_at) >= ${NOW.toISOString()}::timestamptz - interval '14 minutes' as young
      from orders where status in ('pending', 'confirmed', 'preparing', 'ready') group by restaurant_id`)
    expect([...open]).toEqual(Array.from({ length: 20 }, () => ({ tickets: 15, young: true })))
  })

  test('6 to 12 % of the tickets were late', async () => {
    const late = await number(sql`
      select avg((extract(epoch from ready_at - confirmed_at) >= 60 * red_minutes)::int) as n
      from orders o join restaurants r on r.id = restaurant_id where ready_at is not null`)
    expect(late).toBeGreaterThan(0.06)
    expect(late).toBeLessThan(0.12)
  })

  test('nothing happened in the future, and nothing longer ago than 365 days', async () => {
    expect(
      await number(sql`
        select count(*) as n from orders o join restaurants r on r.id = restaurant_id
        where greatest(o.created_at, confirmed_at, preparing_at, ready_at, delivered_at, cancelled_at) > ${NOW.toISOString()}::timestamptz
          or business_date <= (${NOW.toISOString()}::timestamptz at time zone time_zone)::date - 366`),
    ).toBe(0)
  })

  test('an order has about three lines', async () => {
    const lines = await number(sql`select count(*) as n from order_items`)
    expect(lines / 10_000).toBeGreaterThan(2.8)
    expect(lines / 10_000).toBeLessThan(3.3)
  })

  test('sold recipes have 5 to 8 lines, the others 6 to 10', async () => {
    const sizes = await database.db.execute<{ sold: boolean; least: number; most: number }>(sql`
      select recipe_id <= 1000 as sold, min(lines)::int as least, max(lines)::int as most
      from (select recipe_id, count(*) as lines from recipe_ingredients group by 1) card group by 1 order by 1`)
    expect([...sizes]).toEqual([
      { sold: false, least: 6, most: 10 },
      { sold: true, least: 5, most: 8 },
    ])
  })

  test('15 % of the recipes are Italian and about a fifth is quick', async () => {
    expect(await number(sql`select count(*) as n from recipes where cuisine = 'Italian'`)).toBe(375)
    expect(await number(sql`select count(distinct cuisine) as n from recipes`)).toBe(15)
    const quick = await number(sql`select count(*) as n from recipes where prep_time < 30`)
    expect(quick / 2500).toBeGreaterThan(0.17)
    expect(quick / 2500).toBeLessThan(0.23)
  })

  test('0.6 % of the stock rows are low, some of them empty', async () => {
    expect(await number(sql`select count(*) as n from stock_levels where on_hand <= minimum`)).toBe(60)
    expect(await number(sql`select count(*) as n from stock_levels where on_hand = 0`)).toBe(12)
  })

  test('a few ingredients stand on most cards', async () => {
    const [row] = await database.db.execute<{ top: number }>(sql`
      select sum(cards) filter (where place <= 50) / sum(cards)::float8 as top
      from (
        select count(*) as cards, row_number() over (order by count(*) desc) as place from recipe_ingredients group by ingredient_id
      ) ranked`)
    expect(row?.top).toBeGreaterThan(0.25)
    expect(row?.top).toBeLessThan(0.5)
  })

  test('rolling up again changes nothing', async () => {
    const range = { from: '2025-05-01', to: '2026-05-18' }
    expect(await rollUpSales(database.db, systemScope(), range)).toEqual({ stored: 0, removed: 0 })
    expect(await rollUpPopularity(database.db, systemScope(), NOW)).toEqual({ stored: 0, removed: 0 })
    expect(await number(sql`select count(*) as n from daily_kitchen_metrics`)).toBeGreaterThan(4000)
  })

  test('the next row of a numbered table gets a free number', async () => {
    const rows = await database.db.execute<{ id: number }>(sql`
      insert into chefs (name, experience_years) values ('Newcomer', 1) returning id`)
    expect(rows[0]?.id).toBe(1001)
  })

  test('the manager works in three restaurants, the cook in one', async () => {
    const people = await database.db.execute(sql`
      select role, array_agg(slug order by slug) as places
      from users join memberships on user_id = users.id join restaurants on restaurants.id = restaurant_id
      group by users.id order by role`)
    expect([...people]).toEqual([
      { role: 'kitchen', places: ['berlin'] },
      { role: 'manager', places: ['berlin', 'london', 'new-york'] },
    ])
  })

  test('a database that has restaurants is refused and left alone', async () => {
    expect(await loadVolume(database.url, { scale: 0.05 })).toEqual({ loaded: false, reason: 'not_empty' })
    expect(await number(sql`select count(*) as n from orders`)).toBe(10_000)
  })
})

describe('the volume set loaded by an owner who may skip no check', () => {
  const database = testDatabase('migrated', PATIENT)
  const twin = testDatabase('migrated', PATIENT)
  const role = `seed_owner_${randomBytes(4).toString('hex')}`

  beforeAll(async () => {
    await database.db.execute(
      sql.raw(`create role ${role} login password 'owner';
        grant all on all tables in schema public to ${role}; grant all on all sequences in schema public to ${role}`),
    )
    const url = new URL(database.url)
    url.username = role
    url.password = 'owner'
    expect(await loadVolume(url.href, { scale: 0.01, now: NOW })).toEqual({ loaded: true })
    await database.db.execute(sql.raw(`drop owned by ${role}; drop role ${role}`))
  })

  test('passes every foreign key and constraint trigger', async () => {
    const [row] = await database.db.execute<{ n: number }>(sql`select count(*)::int as n from orders`)
    expect(row?.n).toBe(2000)
  })

  test('is the same, row by row, for the same moment', async () => {
    expect(await loadVolume(twin.url, { scale: 0.01, now: NOW })).toEqual({ loaded: true })
    const digest = sql`
      select (select md5(string_agg(o::text, '' order by restaurant_id, id)) from orders o) as orders,
        (select md5(string_agg(i::text, '' order by restaurant_id, order_id, line)) from order_items i) as lines,
        (select md5(string_agg(r::text, '' order by recipe_id, ingredient_id)) from recipe_ingredients r) as cards,
        (select md5(string_agg(m::text, '' order by restaurant_id, id)) from stock_movements m) as movements`
    const [here] = await database.db.execute(digest)
    const [there] = await twin.db.execute(digest)
    expect(there).toEqual(here)
  })
})
