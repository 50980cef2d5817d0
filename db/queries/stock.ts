import { type SQL, sql } from 'drizzle-orm'
import type { BusinessDate } from '@/domain/business-day'
import { weekdayOf } from '@/domain/purchase'
import type { RestaurantScope } from '@/domain/scope'
import type { AlertKind, StorageArea, Unit } from '@/domain/vocabulary'
import type { Db } from '../client'
import { averageUse, daysLeft } from '../fragments/days-left'
import { holdsName } from '../fragments/holds-name'
import { milliseconds } from '../fragments/milliseconds'
import { joinOnOrder, nextDelivery, onOrderHere } from '../fragments/stock-position'

/** Stock that has not moved for so many days is dead. */
export const DEAD_DAYS = 60

export const STOCK_SORTS = ['name', 'supplier', 'days_left', 'value', 'moved'] as const
export type StockSort = (typeof STOCK_SORTS)[number]

export const STOCK_FILTERS = ['all', 'low', 'dead'] as const
export type StockFilter = (typeof STOCK_FILTERS)[number]

export type StockRow = {
  ingredientId: number
  ingredient: string
  unit: Unit
  supplierId: number
  supplier: string
  storageArea: StorageArea
  /** Numeric strings in the ingredient's unit, like the next four. */
  onHand: string
  minimum: string
  par: string
  onOrder: string
  packSize: string
  /** Cents for one unit, a numeric string. */
  unitPrice: string
  /** Cents: what is on hand at that price, rounded; nothing below zero. */
  value: number
  /** A numeric string: what the last 28 whole business days used on average; null before they are rolled up. */
  averageUse: string | null
  /** Whole business days from today on that it lasts; null where nothing is used. 999 at most. */
  daysLeft: number | null
  isLow: boolean
  isOut: boolean
  /** Milliseconds since 1970. */
  movedAt: number
  countedAt: number | null
}

export type StockList = {
  rows: StockRow[]
  /** Where the next page begins, for `after`; null on the last. */
  next: string | null
  /** Of everything that search, supplier and area leave, whatever the filter. `value` in cents. */
  totals: { items: number; low: number; out: number; dead: number; value: number }
}

export type StockListParams = {
  today: BusinessDate
  /** A piece of the ingredient's name; empty is none. */
  search: string
  supplierId: number | null
  storageArea: StorageArea | null
  filter: StockFilter
  sort: StockSort
  descending: boolean
  after: string | null
  limit: number
}

type Scope = RestaurantScope<'stock:read'>

const isDead = sql`s.updated_at < now() - ${DEAD_DAYS} * interval '1 day'`
const value = sql`round(greatest(s.on_hand, 0) * i.unit_price)::bigint`

/** Nothing used sorts as what lasts longest. */
const SORT_KEYS: Record<StockSort, { key: SQL; type: SQL }> = {
  name: { key: sql`ingredient`, type: sql`text` },
  supplier: { key: sql`supplier`, type: sql`text` },
  days_left: { key: sql`coalesce(days_left, 1000)`, type: sql`int` },
  value: { key: sql`value`, type: sql`bigint` },
  moved: { key: sql`moved_at`, type: sql`float8` },
}

const rowOf = (today: BusinessDate) => sql`
  s.ingredient_id, i.name as ingredient, i.unit, i.supplier_id, p.name as supplier, i.storage_area, s.on_hand,
    s.minimum, s.par, ${onOrderHere} as on_order, i.pack_size, i.unit_price, ${value} as value,
    ${averageUse} as average_use, ${daysLeft(sql.raw(String(weekdayOf(today))))} as days_left,
    s.on_hand <= s.minimum as is_low, s.on_hand <= 0 as is_out, ${milliseconds(sql`s.updated_at`)} as moved_at,
    ${milliseconds(sql`s.counted_at`)} as counted_at`

const sourceOf = ({ restaurant }: Scope) => sql`stock_levels s
    join ingredients i on i.id = s.ingredient_id
    join suppliers p on p.id = i.supplier_id
    left join stock_use u on u.restaurant_id = s.restaurant_id and u.ingredient_id = s.ingredient_id
    ${joinOnOrder(restaurant.id)}`

const rowJson = sql`json_build_object('ingredientId', ingredient_id, 'ingredient', ingredient, 'unit', unit,
    'supplierId', supplier_id, 'supplier', supplier, 'storageArea', storage_area,
    'onHand', trim_scale(on_hand)::text, 'minimum', trim_scale(minimum)::text, 'par', trim_scale(par)::text,
    'onOrder', trim_scale(on_order)::text, 'packSize', trim_scale(pack_size)::text,
    'unitPrice', trim_scale(unit_price)::text, 'value', value, 'averageUse', trim_scale(average_use)::text,
    'daysLeft', days_left, 'isLow', is_low, 'isOut', is_out, 'movedAt', moved_at, 'countedAt', counted_at)`

/**
 * One page of a restaurant's active ingredients with what is on hand, on order and used, sorted over all of them. A page
 * begins after the row that `after` names, so that none is skipped or repeated while stock moves.
 */
export async function listStock(
  db: Db,
  scope: Scope,
  { today, search, supplierId, storageArea, filter, sort, descending, after, limit }: StockListParams,
): Promise<StockList> {
  const conditions = [sql`s.restaurant_id = ${scope.restaurant.id}`, sql`i.is_active`]
  if (search !== '') conditions.push(holdsName(sql`i.name`, search))
  if (supplierId !== null) conditions.push(sql`i.supplier_id = ${supplierId}`)
  if (storageArea !== null) conditions.push(sql`i.storage_area = ${storageArea}`)
  const { key, type } = SORT_KEYS[sort]
  const direction = descending ? sql`desc` : sql`asc`
  const cursor = readCursor(after, sort)
  const wanted = { all: sql`true`, low: sql`is_low`, dead: sql`is_dead` }[filter]
  const later = cursor
    ? sql`(${key}, ingredient_id) ${descending ? sql`<` : sql`>`} (${cursor.key}::${type}, ${cursor.id}::int)`
    : sql`true`
  const [found] = await db.execute<{
    rows: (StockRow & { key: string })[]
    totals: StockList['totals']
  }>(sql`
    with stock as (
      select ${rowOf(today)}, ${isDead} as is_dead from ${sourceOf(scope)} where ${sql.join(conditions, sql` and `)}
    ), page as (
      select *, ${key} as sort_key from stock where ${wanted} and ${later}
      order by ${key} ${direction}, ingredient_id ${direction} limit ${limit + 1}
    )
    select (
      select json_build_object('items', count(*), 'low', count(*) filter (where is_low),
        'out', count(*) filter (where is_out), 'dead', count(*) filter (where is_dead),
        'value', coalesce(sum(value), 0)) from stock
    ) as totals, (
      select coalesce(json_agg(${rowJson}::jsonb || jsonb_build_object('key', sort_key::text)
        order by sort_key ${direction}, ingredient_id ${direction}), '[]') from page
    ) as rows`)
  if (!found) throw new Error('A select without FROM returned no row.')
  const rows = found.rows.slice(0, limit)
  const last = rows.at(-1)
  return {
    rows: rows.map(({ key: _, ...row }) => row),
    next: found.rows.length > limit && last ? `${last.ingredientId}:${last.key}` : null,
    totals: found.totals,
  }
}

const NUMBERS: readonly StockSort[] = ['days_left', 'value', 'moved']

/** What `next` said; whatever else an address holds is the first page. */
function readCursor(after: string | null, sort: StockSort): { id: number; key: string } | null {
  const [, id, key] = /^(\d{1,9}):(.*)$/s.exec(after ?? '') ?? []
  if (id === undefined || key === undefined || key.includes('\u0000')) return null
  if (NUMBERS.includes(sort) && !/^-?\d{1,15}$/.test(key)) return null
  return { id: Number(id), key }
}

export type StockIngredient = StockRow & {
  /** What was used on the last four Mondays, Tuesdays … Sundays, numeric strings; null before it is rolled up. */
  used: string[] | null
  /** When goods come that are ordered now. */
  nextDelivery: BusinessDate
  alerts: {
    kind: AlertKind
    raisedAt: number
    acknowledgedAt: number | null
    acknowledgedBy: string | null
    reason: string
    snoozedUntil: number | null
  }[]
}

/** One ingredient as a restaurant has it, also where it is not active any more; null where it never stocked it. */
export async function getStockIngredient(
  db: Db,
  scope: Scope,
  { today, ingredientId }: { today: BusinessDate; ingredientId: number },
): Promise<StockIngredient | null> {
  const [found] = await db.execute<{ row: StockIngredient }>(sql`
    with stock as (
      select ${rowOf(today)}, s.restaurant_id, u.used, ${nextDelivery(sql`${today}::date`)} as next_delivery
      from ${sourceOf(scope)}
      where s.restaurant_id = ${scope.restaurant.id} and s.ingredient_id = ${ingredientId}
    )
    select ${rowJson}::jsonb || jsonb_build_object('used', (select json_agg(trim_scale(day)::text order by n)
        from unnest(used) with ordinality as w (day, n)), 'nextDelivery', next_delivery, 'alerts', (
      select coalesce(json_agg(json_build_object('kind', a.kind, 'raisedAt', ${milliseconds(sql`a.raised_at`)},
        'acknowledgedAt', ${milliseconds(sql`a.acknowledged_at`)}, 'acknowledgedBy', b.name, 'reason', a.reason,
        'snoozedUntil', ${milliseconds(sql`a.snoozed_until`)}) order by a.raised_at), '[]')
      from stock_alerts a left join users b on b.id = a.acknowledged_by
      where a.restaurant_id = stock.restaurant_id and a.ingredient_id = stock.ingredient_id and a.cleared_at is null
    )) as row
    from stock`)
  return found?.row ?? null
}
