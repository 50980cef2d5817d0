import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { addDays, businessDate } from '@/domain/business-day'
import { systemScope } from '@/domain/scope'
import { openSession } from '../client'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, brokenLedger, type KitchenScope } from '../testing/kitchen'
import { addPastOrder } from '../testing/past-orders'
import { closeKitchenDays, storeKitchenMetrics } from './kitchen-metrics'
import { purgeOrders } from './purge'

const database = testDatabase()
const system = systemScope()
const NOW = new Date()
const TODAY = businessDate(NOW, 'Europe/Rome', '04:00')
const KEEP = 365
const daysAgo = (days: number) => addDays(TODAY, -days)

beforeAll(() => addChain(database.db))

const addOrder = (scope: KitchenScope, days: number) =>
  addPastOrder(database.db, scope, {
    date: daysAgo(days),
    createdAt: new Date(`${daysAgo(days)}T12:00:00Z`),
    end: 'delivered',
    prepSeconds: 600,
    lines: [
      { dish: 1, quantity: 1, unitPrice: 300 },
      { dish: 2, quantity: 2, unitPrice: 400 },
    ],
  })

/** Closes every day that was over so many days ago. */
const closeAllSince = (days = 0) =>
  closeKitchenDays(database.db, system, { now: new Date(NOW.getTime() - days * 86_400_000) })

const purge = async (
  scope: KitchenScope,
  options: { dryRun?: boolean; batchSize?: number; forMs?: number } = {},
) => {
  const purged = await purgeOrders(database.db, system, { olderThanDays: KEEP, now: NOW, ...options })
  return purged.find(({ restaurantId }) => restaurantId === scope.restaurant.id)
}

async function leftOf(scope: KitchenScope): Promise<Record<string, unknown>> {
  const { id } = scope.restaurant
  const [row] = await database.db.execute(sql`
    select (select count(*)::int from orders where restaurant_id = ${id}) as orders,
      (select count(*)::int from order_items where restaurant_id = ${id}) as lines,
      (select count(*)::int from order_events where restaurant_id = ${id}) as events,
      (select count(*)::int from order_requests where restaurant_id = ${id}) as requests`)
  return row ?? {}
}

const left = (orders: number) => ({ orders, lines: 2 * orders, events: orders, requests: orders })

describe('the purge', () => {
  test('deletes orders past their keep with all that hangs on them, and not a day more', async () => {
    const scope = await addKitchen(database.db)
    for (const days of [367, 366, 365, 364, 0]) await addOrder(scope, days)
    await closeAllSince()
    expect(await purge(scope, { dryRun: true })).toMatchObject({
      orders: 2,
      notRolledUp: 0,
      keptFrom: daysAgo(365),
    })
    expect(await leftOf(scope)).toEqual(left(5))
    expect(await purge(scope)).toMatchObject({ orders: 2, notRolledUp: 0 })
    expect(await leftOf(scope)).toEqual(left(3))
    expect(await purge(scope)).toMatchObject({ orders: 0 })
  })

  test('leaves days alone that are not closed, or whose metrics an earlier release computed before they had ended', async () => {
    const scope = await addKitchen(database.db)
    for (const days of [400, 401, 402]) await addOrder(scope, days)
    await closeAllSince(400)
    await database.db.execute(sql`
      update daily_kitchen_metrics set computed_at = ${`${daysAgo(402)}T20:00:00Z`}
      where restaurant_id = ${scope.restaurant.id} and business_date = ${daysAgo(402)}`)
    expect(await purge(scope)).toMatchObject({ orders: 1, notRolledUp: 2 })
    expect(await leftOf(scope)).toEqual(left(2))
  })

  test('leaves an order alone to which something happened since its day was stored, and what is not closed', async () => {
    const scope = await addKitchen(database.db)
    const [changed, other] = [await addOrder(scope, 410), await addOrder(scope, 410)]
    await closeAllSince()
    await database.db.execute(sql`
      insert into order_events (restaurant_id, seq, order_id, kind, to_status)
      values (${scope.restaurant.id}, 1, ${changed}::uuid, 'recalled', 'preparing')`)
    expect(await purge(scope, { dryRun: true })).toMatchObject({ orders: 1, notRolledUp: 1 })
    expect(await purge(scope)).toMatchObject({ orders: 1, notRolledUp: 1 })
    const orders = await database.db.execute<{ id: string }>(sql`
      select id from orders where restaurant_id = ${scope.restaurant.id}`)
    expect(orders.map(({ id }) => id)).toEqual([changed])
    expect(other).not.toBe(changed)

    await database.db.execute(sql`
      update kitchen_rollups set seq = 1, through = ${daysAgo(411)}::date
      where restaurant_id = ${scope.restaurant.id}`)
    expect(await purge(scope)).toMatchObject({ orders: 0, notRolledUp: 1 })
  })

  test('keeps metrics, sales and the stock ledger, and a later rollup does not take the gap for a quiet day', async () => {
    const scope = await addKitchen(database.db, { stock: { 1: '5.000' } })
    for (let n = 0; n < 3; n++) await addOrder(scope, 500)
    await closeAllSince()
    const figures = () =>
      database.db.execute(sql`
        select m.orders_completed, m.revenue, m.orders_by_hour::text, s.menu_item_id, s.units, p.sold, p.minutes
        from daily_kitchen_metrics m join daily_item_sales s using (restaurant_id, business_date)
        join daily_kitchen_parts p using (restaurant_id, business_date)
        where p.dimension = 'day' and restaurant_id = ${scope.restaurant.id} order by s.menu_item_id`)
    const before = await figures()
    expect(before).toHaveLength(2)

    // Stopped after one order: the day is half there.
    await database.db.execute(sql`
      delete from orders where id = (select id from orders where restaurant_id = ${scope.restaurant.id} limit 1)`)
    await storeKitchenMetrics(database.db, system, { from: daysAgo(500), to: daysAgo(500) })
    expect(await figures()).toEqual(before)
    expect(await purge(scope)).toMatchObject({ orders: 2 })
    await storeKitchenMetrics(database.db, system, { from: daysAgo(500), to: daysAgo(500) })
    expect(await figures()).toEqual(before)
    expect(await brokenLedger(database.db)).toEqual([])
  })

  test('works in batches, and skips an order that somebody holds', async () => {
    const scope = await addKitchen(database.db)
    const ids: string[] = []
    for (let n = 0; n < 7; n++) ids.push(await addOrder(scope, 600))
    await closeAllSince()
    const session = await openSession(database.url)
    await session.query('begin')
    await session.query('select from orders where id = $1 for update', [ids[3]])
    expect(await purge(scope, { batchSize: 2 })).toMatchObject({ orders: 6 })
    await session.query('rollback')
    await session.close()
    expect(await leftOf(scope)).toEqual(left(1))
    expect(await purge(scope, { batchSize: 2 })).toMatchObject({ orders: 1 })
  })

  test('ends when its time is over, and goes on from there the next time', async () => {
    const scope = await addKitchen(database.db)
    for (let n = 0; n < 5; n++) await addOrder(scope, 700)
    await closeAllSince()
    expect(await purge(scope, { batchSize: 2, forMs: 0 })).toMatchObject({ orders: 2 })
    expect(await leftOf(scope)).toEqual(left(3))
    expect(await purge(scope, { batchSize: 2 })).toMatchObject({ orders: 3 })
  })

  test('has a batch on the disk before it begins with the next', async () => {
    const scope = await addKitchen(database.db)
    for (let n = 0; n < 14; n++) await addOrder(scope, 800)
    await closeAllSince()
    const session = await openSession(database.url)
    await session.query('create table batches (n serial, written pg_lsn, flushed pg_lsn)')
    await session.query(`create function note_batch() returns trigger language plpgsql as $$ begin
      insert into batches (written, flushed)
      select pg_current_wal_insert_lsn(), pg_current_wal_flush_lsn() where exists (select from gone);
      return null; end $$`)
    await session.query(`create trigger note_batch after delete on orders referencing old table as gone
      for each statement execute function note_batch()`)
    await purgeOrders(database.db, system, { olderThanDays: KEEP, now: NOW, batchSize: 2 })
    const batches = await session.query(
      'select written <= lead(flushed) over (order by n) as "isFlushed" from batches order by n',
    )
    await session.query('drop table batches')
    await session.query('drop function note_batch cascade')
    await session.close()
    expect(batches.slice(0, -1)).toEqual(Array(batches.length - 1).fill({ isFlushed: true }))
    expect(batches.length).toBeGreaterThan(2)
    expect(await leftOf(scope)).toEqual(left(0))
  })
})
