import { sql } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
import type { CountInput, CountLines } from '@/domain/stock-input'
import type { CountStatus } from '@/domain/vocabulary'
import type { Db } from '../client'
import { countDifferences } from '../fragments/count-differences'
import { postMovements, refusesShortage, type Shortage, stockDay } from './stock-ledger'
import { transact } from './transact'

type Scope = RestaurantScope<'stock:write'>

export type StartedCount =
  | { ok: true }
  /** Somebody counts the same place, or everything: go on with that one. */
  | { ok: false; reason: 'already_counting'; countId: string }

/**
 * Begins a count of one storage area or of everything, once for each id. Two counts of one place would each correct what
 * the other one found.
 */
export function startCount(
  db: Db,
  scope: Scope,
  { id, storageArea, isBlind }: CountInput,
): Promise<StartedCount> {
  const { id: restaurantId } = scope.restaurant
  return db.transaction(async (tx) => {
    await holdCounts(tx, scope, 'exclusive')
    const [open] = await tx.execute<{ id: string }>(sql`
      select id from stock_counts
      where restaurant_id = ${restaurantId} and status = 'open' and id <> ${id}::uuid
        and (storage_area is null or ${storageArea}::text is null or storage_area = ${storageArea})
      limit 1`)
    if (open) return { ok: false, reason: 'already_counting', countId: open.id }
    const today = await stockDay(tx, scope.restaurant)
    await tx.execute(sql`
      insert into stock_counts (restaurant_id, id, storage_area, is_blind, business_date, started_by)
      values (${restaurantId}, ${id}::uuid, ${storageArea}, ${isBlind}, ${today}::date, ${scope.actor.userId}::int)
      on conflict (restaurant_id, id) do nothing`)
    return { ok: true }
  })
}

type CountedLine = {
  ingredientId: number
  /** Numeric strings: what should be there, and how much more (or less) is. Null in a blind count. */
  expected: string | null
  /** Null too for a line that is not counted. */
  difference: string | null
}

export type SavedLines =
  /** `lines`: those that were saved; an ingredient that there is not is left out. */
  { ok: true; lines: CountedLine[] } | { ok: false; reason: 'not_open' }

/**
 * Saves what was found of some ingredients, over what was typed before. What is on hand at this moment is kept beside
 * it: the difference to that is posted in the end, so whatever is sold or delivered meanwhile stays true.
 */
export function saveCountLines(db: Db, scope: Scope, { countId, lines }: CountLines): Promise<SavedLines> {
  const { id: restaurantId } = scope.restaurant
  return db.transaction(async (tx): Promise<SavedLines> => {
    await holdCounts(tx, scope, 'shared')
    const [count] = await tx.execute<{ isBlind: boolean }>(sql`
      select is_blind as "isBlind" from stock_counts
      where restaurant_id = ${restaurantId} and id = ${countId}::uuid and status = 'open'`)
    if (!count) return { ok: false, reason: 'not_open' }
    // By number, so that two people who send the same lines wait for each other in one order.
    const saved = await tx.execute<CountedLine>(sql`
      insert into stock_count_lines as l (restaurant_id, count_id, ingredient_id, counted, expected, unit_price,
        counted_by, counted_at)
      select ${restaurantId}::int, ${countId}::uuid, i.id, g.counted, coalesce(s.on_hand, 0), i.unit_price,
        ${scope.actor.userId}::int, clock_timestamp()
      from json_to_recordset(${JSON.stringify(lines)}::text::json) as g ("ingredientId" int, counted numeric)
      join ingredients i on i.id = g."ingredientId"
      left join stock_levels s on s.restaurant_id = ${restaurantId} and s.ingredient_id = i.id
      order by i.id
      on conflict (restaurant_id, count_id, ingredient_id) do update set counted = excluded.counted,
        expected = excluded.expected, unit_price = excluded.unit_price, counted_by = excluded.counted_by,
        counted_at = excluded.counted_at
      returning ingredient_id as "ingredientId", trim_scale(expected) as expected,
        trim_scale(counted - expected) as difference`)
    const told = count.isBlind ? saved.map((line) => ({ ...line, expected: null, difference: null })) : saved
    return { ok: true, lines: told }
  })
}

export type PostedCount =
  /** `lines`: how many ingredients were counted. */
  | { ok: true; lines: number }
  | { ok: false; reason: 'not_found' | 'dropped' | 'nothing_counted' }
  /** So much was sold since that stock would be below zero, where the restaurant refuses that: count these again. */
  | { ok: false; reason: 'count_again'; ingredients: Shortage[] }

/**
 * Posts what a count found, once. Each difference is what was counted less what was on hand at that moment, less what
 * other counts corrected since.
 */
export function postCount(db: Db, scope: Scope, { countId }: { countId: string }): Promise<PostedCount> {
  const { id: restaurantId } = scope.restaurant
  return transact<PostedCount>(db, async (tx, refuse) => {
    await holdCounts(tx, scope, 'exclusive')
    const count = await readCount(tx, scope, countId)
    if (!count) return { ok: false, reason: 'not_found' }
    if (count.status === 'posted') return { ok: true, lines: count.lines }
    if (count.status === 'dropped') return { ok: false, reason: 'dropped' }
    if (count.lines === 0) return { ok: false, reason: 'nothing_counted' }
    const today = await stockDay(tx, scope.restaurant)
    const short = await postMovements(
      tx,
      { userId: scope.actor.userId, orderId: null, documentId: countId, note: '', isCount: true },
      sql`
        select restaurant_id, ingredient_id, 'count' as kind, difference as quantity, ${today}::date as business_date
        from (${countDifferences(restaurantId, countId)}) d`,
    )
    if (short.length > 0 && refusesShortage(scope)) {
      throw refuse({ ok: false, reason: 'count_again', ingredients: short })
    }
    await close(tx, scope, countId, 'posted')
    return { ok: true, lines: count.lines }
  })
}

/** Gives a count up: nothing of it is posted, what was typed is kept. */
export function dropCount(
  db: Db,
  scope: Scope,
  { countId }: { countId: string },
): Promise<{ ok: true } | { ok: false; reason: 'not_found' | 'posted' }> {
  return db.transaction(async (tx) => {
    await holdCounts(tx, scope, 'exclusive')
    const count = await readCount(tx, scope, countId)
    if (!count) return { ok: false, reason: 'not_found' }
    if (count.status === 'posted') return { ok: false, reason: 'posted' }
    if (count.status === 'open') await close(tx, scope, countId, 'dropped')
    return { ok: true }
  })
}

/**
 * Lines are typed side by side; beginning, posting and dropping wait for them and for each other, so that a line either
 * knows of a correction or the correction knows of the line. Comes before the levels in the order of locks.
 */
async function holdCounts(tx: Db, { restaurant }: Scope, how: 'shared' | 'exclusive'): Promise<void> {
  const lock = sql.raw(how === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock')
  await tx.execute(sql`select ${lock}(${restaurant.id}::int, hashtext('stock_counts'))`)
}

async function readCount(
  tx: Db,
  { restaurant }: Scope,
  countId: string,
): Promise<{ status: CountStatus; lines: number } | null> {
  const [count] = await tx.execute<{ status: CountStatus; lines: number }>(sql`
    select c.status, (
      select count(*)::int from stock_count_lines l
      where l.restaurant_id = c.restaurant_id and l.count_id = c.id and l.counted is not null
    ) as lines
    from stock_counts c where c.restaurant_id = ${restaurant.id} and c.id = ${countId}::uuid`)
  return count ?? null
}

async function close(
  tx: Db,
  { restaurant, actor }: Scope,
  countId: string,
  status: CountStatus,
): Promise<void> {
  await tx.execute(sql`
    update stock_counts set status = ${status}, closed_at = now(), closed_by = ${actor.userId}::int
    where restaurant_id = ${restaurant.id} and id = ${countId}::uuid`)
}
