import { sql } from 'drizzle-orm'
import { validate as isUuid } from 'uuid'
import type { BusinessDate } from '@/domain/business-day'
import type { RestaurantScope } from '@/domain/scope'
import { type CountStatus, STORAGE_AREAS, type StorageArea, type Unit } from '@/domain/vocabulary'
import type { Db } from '../client'
import { countDifferences } from '../fragments/count-differences'
import { milliseconds } from '../fragments/milliseconds'

type Scope = RestaurantScope<'stock:read'>

export type ListedCount = {
  id: string
  /** Null: everything. */
  storageArea: StorageArea | null
  isBlind: boolean
  status: CountStatus
  businessDate: BusinessDate
  /** Milliseconds since 1970, and who. */
  startedAt: number
  startedBy: string | null
  closedAt: number | null
  closedBy: string | null
  /** Ingredients counted so far. */
  counted: number
  /** Cents: what the differences are worth, signed, as it was when each was typed. Null while a blind one is open. */
  value: number | null
}

const countJson = sql`'id', c.id, 'storageArea', c.storage_area, 'isBlind', c.is_blind, 'status', c.status,
  'businessDate', c.business_date, 'startedAt', ${milliseconds(sql`c.created_at`)}, 'startedBy', starter.name,
  'closedAt', ${milliseconds(sql`c.closed_at`)}, 'closedBy', closer.name`
const countPeople = sql`left join users starter on starter.id = c.started_by left join users closer on closer.id = c.closed_by`
const hidesExpected = sql`(c.is_blind and c.status = 'open')`

/** A restaurant's counts, newest first, at most `limit`, older than the count `before`. */
export async function listStockCounts(
  db: Db,
  scope: Scope,
  { before, limit }: { before: string | null; limit: number },
): Promise<ListedCount[]> {
  const { id: restaurantId } = scope.restaurant
  const older = before !== null && isUuid(before) ? sql`and id < ${before}::uuid` : sql``
  const rows = await db.execute<{ count: ListedCount }>(sql`
    select json_build_object(${countJson}, 'counted', l.counted,
      'value', case when not ${hidesExpected} then l.value end) as count
    from (
      select * from stock_counts where restaurant_id = ${restaurantId} ${older} order by id desc limit ${limit}
    ) c
    ${countPeople}
    cross join lateral (
      select count(*) as counted, coalesce(sum(round((counted - expected) * unit_price)), 0) as value
      from stock_count_lines l
      where l.restaurant_id = c.restaurant_id and l.count_id = c.id and l.counted is not null
    ) l
    order by c.id desc`)
  return rows.map(({ count }) => count)
}

export type CountSheetLine = {
  ingredientId: number
  ingredient: string
  unit: Unit
  storageArea: StorageArea
  packSize: string
  /** Numeric strings in the unit. Null: not counted yet. */
  counted: string | null
  /** On hand when it was counted, or now; null while a blind count is open, like the next two. */
  expected: string | null
  /** What posting corrects, or corrected; null where it is not counted. */
  difference: string | null
  /** Cents, signed: the difference at the price of the moment. */
  value: number | null
  countedBy: string | null
  countedAt: number | null
}

export type CountSheet = Omit<ListedCount, 'counted' | 'value'> & {
  /** Every active ingredient of the area that the restaurant stocks, and whatever else was counted; area by area. */
  lines: CountSheetLine[]
  totals: {
    lines: number
    counted: number
    /** Lines that differ, and cents of what is missing and what is over. Null while a blind count is open. */
    differing: number | null
    missing: number | null
    over: number | null
  }
}

/**
 * The sheet of a count, for typing and for looking over what it is worth before it is posted; null: no such count.
 * @param reveals also what should be there in a blind count: to whoever looks it over, no longer to whoever types
 */
export async function getCountSheet(
  db: Db,
  scope: Scope,
  { countId, reveals = false }: { countId: string; reveals?: boolean },
): Promise<CountSheet | null> {
  if (!isUuid(countId)) return null
  const { id: restaurantId } = scope.restaurant
  const hides = reveals ? sql`false` : hidesExpected
  const [found] = await db.execute<{ sheet: CountSheet }>(sql`
    with c as (
      select * from stock_counts where restaurant_id = ${restaurantId} and id = ${countId}::uuid
    ), difference as (
      select ingredient_id, difference from (${countDifferences(restaurantId, countId)}) d
    ), line as (
      select i.id, i.name, i.unit, i.storage_area, i.pack_size, l.counted, l.counted_at, b.name as counted_by,
        case when not ${hides} then coalesce(l.expected, s.on_hand) end as expected,
        case when not ${hides} then
          case c.status when 'open' then d.difference else l.counted - l.expected end end as difference,
        coalesce(l.unit_price, i.unit_price) as unit_price
      from c
      cross join ingredients i
      left join stock_levels s on s.restaurant_id = ${restaurantId} and s.ingredient_id = i.id
      left join stock_count_lines l
        on l.restaurant_id = ${restaurantId} and l.count_id = c.id and l.ingredient_id = i.id
      left join difference d on d.ingredient_id = i.id
      left join users b on b.id = l.counted_by
      where l.counted_at is not null
        or (i.is_active and s.ingredient_id is not null and c.status = 'open'
          and (c.storage_area is null or c.storage_area = i.storage_area))
    ), valued as (
      select *, round(difference * unit_price) as value,
        array_position(${sql.param(STORAGE_AREAS)}::text[], storage_area) as place from line
    )
    select json_build_object(${countJson}, 'lines', (
      select coalesce(json_agg(json_build_object('ingredientId', id, 'ingredient', name, 'unit', unit,
        'storageArea', storage_area, 'packSize', trim_scale(pack_size)::text, 'counted', trim_scale(counted)::text,
        'expected', trim_scale(expected)::text, 'difference', trim_scale(difference)::text, 'value', value,
        'countedBy', counted_by, 'countedAt', ${milliseconds(sql`counted_at`)}) order by place, name, id), '[]')
      from valued
    ), 'totals', (
      select json_build_object('lines', count(*), 'counted', count(counted),
        'differing', case when not ${hides} then count(*) filter (where difference <> 0) end,
        'missing', case when not ${hides} then -coalesce(sum(value) filter (where value < 0), 0) end,
        'over', case when not ${hides} then coalesce(sum(value) filter (where value > 0), 0) end)
      from valued
    )) as sheet
    from c ${countPeople}`)
  return found?.sheet ?? null
}
