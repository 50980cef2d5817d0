import { type SQL, sql } from 'drizzle-orm'
import type { BusinessDate } from '@/domain/business-day'
import { nextDelivery } from '@/domain/purchase'
import type { ChainScope, RestaurantScope } from '@/domain/scope'
import { daysLeft } from '@/domain/stock-use'
import type { AlertKind, Unit } from '@/domain/vocabulary'
import type { Db } from '../client'
import { milliseconds } from '../fragments/milliseconds'
import { isQuiet, openPairs } from '../fragments/open-alerts'
import {
  costOfPacks,
  exactPrice,
  isShort,
  packsOfLacking,
  shortColumns,
  waitingPairs,
} from '../fragments/short-levels'

type Scope = ChainScope<'stock:read'> | RestaurantScope<'stock:read'>

const restaurantIds = (scope: Scope) =>
  'restaurantIds' in scope ? scope.restaurantIds : [scope.restaurant.id]

export const SUPPLIER_ALERT_ROWS = 20
export const ALERT_SUPPLIERS_SHOWN = 10

export type OpenAlert = {
  restaurantId: number
  restaurant: string
  restaurantSlug: string
  ingredientId: number
  ingredient: string
  unit: Unit
  /** The worst of what is open about it. */
  kind: AlertKind
  /** When that was raised, in milliseconds since 1970. */
  raisedAt: number
  /** Somebody said that it may wait: who, when, why and until when (null: until stock has recovered). */
  answer: { by: string | null; at: number; reason: string; until: number | null } | null
  /** Numeric strings in the ingredient's unit, like the next four. */
  onHand: string
  minimum: string
  par: string
  onOrder: string
  packSize: string
  /** Whole business days from today on that it lasts; null where nothing is used. */
  daysLeft: number | null
  /** When goods come that are ordered now. */
  nextDelivery: BusinessDate
  /** What `packsToOrder` says, and what that costs in cents, rounded a row so that the rows add up. */
  packs: number
  cost: number
}

export type AlertsOfSupplier = {
  id: number
  name: string
  contactPerson: string
  phone: string
  email: string
  isActive: boolean
  leadTimeDays: number
  /** Cents; null: it takes any order. */
  minimumOrder: number | null
  /** All of this supplier's alerts in the scope, not only the page of them in `rows`. */
  items: number
  out: number
  low: number
  forecast: number
  /** Cents, over all of them. */
  cost: number
  /** From 1; the last page where a later one was asked for. */
  page: number
  rows: OpenAlert[]
}

export type AlertsBySupplier = {
  suppliers: AlertsOfSupplier[]
  /** Over all suppliers, also those beyond this page of them. `cost` in cents. */
  totals: { suppliers: number; items: number; out: number; low: number; forecast: number; cost: number }
  page: number
}

export type AlertsParams = {
  /** The business date of each restaurant that may be shown. */
  days: readonly { restaurantId: number; today: BusinessDate }[]
  supplierId?: number | null
  page?: number
  /** Also what somebody said may wait. */
  quiet?: boolean
}

const kindOf = (severity: SQL): SQL =>
  sql`(case ${severity} when 3 then 'out' when 2 then 'low' else 'forecast' end)`

type Group = Omit<AlertsOfSupplier, 'rows'> & { orderDays: number[] }

type Row = Omit<OpenAlert, 'daysLeft' | 'nextDelivery' | 'cost'> & {
  cost: string
  /** What each weekday used, Monday first, as `{1,0,…}`; null: nothing ever. */
  used: string | null
  /** In the first row of each supplier. */
  supplier: Group | null
  /** In the first row. */
  list: { totals: AlertsBySupplier['totals']; page: number } | null
}

/**
 * Every open alert of active ingredients, by supplier: the suppliers with most items out first, 10 a page, each with
 * exact figures and its 20 worst rows (by kind, then the lowest share of the minimum). With `supplierId` only that
 * supplier, and `page` turns its rows; without it, `page` turns the suppliers. A page beyond the end is the last.
 *
 * All that is open is read from `stock_levels_short` alone, once for the figures of its suppliers and once for the rows
 * of the page, of which only kinds that the page shows some of are put in order.
 */
export async function listAlertsBySupplier(
  db: Db,
  scope: Scope,
  { days, supplierId = null, page = 1, quiet = false }: AlertsParams,
): Promise<AlertsBySupplier> {
  const rowPage = supplierId === null ? 0 : page - 1
  const supplierPage = supplierId === null ? page - 1 : 0
  const ids = restaurantIds(scope)
  const short = sql`(
    select ${shortColumns} from stock_levels
    where ${isShort} and restaurant_id = any(${sql.param(ids)}::int[])
      -- No join: nobody knows beforehand how many wait, and a plan that expects one would compare all with all.
      and (${quiet}::boolean or not exists (select from waiting) or ((restaurant_id, ingredient_id) in (select * from waiting)) is not true)
    offset 0
  )`
  const found = await db.execute<Row>(sql`
    with waiting as materialized (
      ${waitingPairs(ids)}
    ), good as materialized (
      select i.*, (pack_size * 1000)::bigint as pack, ${exactPrice} as exact_price
      from (
        select id, supplier_id, name, unit, pack_size, pack_size * unit_price as price from ingredients
        where is_active ${supplierId === null ? sql`` : sql`and supplier_id = ${supplierId}`}
        offset 0
      ) i
    ), grouped as (
      select supplier_id, count(*)::int as items, (count(*) filter (where severity = 3))::int as out,
        (count(*) filter (where severity = 2))::int as low, (count(*) filter (where severity = 1))::int as forecast,
        sum(${costOfPacks}) as cost, min(cover) as worst,
        (least(${rowPage}::bigint, (count(*) - 1) / ${SUPPLIER_ALERT_ROWS}))::int * ${SUPPLIER_ALERT_ROWS} as skipped
      from (
        select supplier_id, severity, cover, price, exact_price, ${packsOfLacking} as packs
        from ${short} s join good on good.id = s.ingredient_id
        offset 0
      ) a
      group by supplier_id
    ), turned as materialized (
      select *, row_number() over (order by out desc, low desc, worst, items desc, supplier_id) as place from grouped
      order by place
      limit ${sql.raw(String(ALERT_SUPPLIERS_SHOWN))}
      offset ${ALERT_SUPPLIERS_SHOWN}
        * least(${supplierPage}::bigint, ((select count(*) from grouped) - 1) / ${ALERT_SUPPLIERS_SHOWN})
    ), sought as materialized (
      select good.*, k.severity, k.before, skipped, place
      from turned g
      cross join lateral (values (3, 0, out), (2, out, low), (1, out + low, forecast)) as k (severity, before, number)
      join good on good.supplier_id = g.supplier_id
      where k.before < skipped + ${SUPPLIER_ALERT_ROWS} and skipped < k.before + k.number
    ), page as materialized (
      select *, ${costOfPacks} as cost from (
        select s.*, k.supplier_id, k.name, k.unit, k.pack_size, k.price,
          k.exact_price, ${packsOfLacking} as packs, skipped, place, before + row_number() over (
            partition by supplier_id, s.severity order by cover, name, restaurant_id) as rank
        from ${short} s join sought k on k.id = s.ingredient_id and k.severity = s.severity
      ) ranked
      where rank > skipped and rank <= skipped + ${SUPPLIER_ALERT_ROWS}
    )
    select a.restaurant_id as "restaurantId", r.name as restaurant, r.slug as "restaurantSlug",
      a.ingredient_id as "ingredientId", a.name as ingredient, a.unit, ${kindOf(sql`a.severity`)} as kind,
      ${milliseconds(sql`coalesce(w.raised_at, now())`)} as "raisedAt",
      case when ${isQuiet} and not exists (
        select from stock_alerts
        where restaurant_id = a.restaurant_id and ingredient_id = a.ingredient_id and cleared_at is null
          and not ${isQuiet}
      ) then json_build_object('by', (select name from users where id = w.acknowledged_by),
        'at', ${milliseconds(sql`w.acknowledged_at`)}, 'reason', w.reason,
        'until', ${milliseconds(sql`w.snoozed_until`)}) end as answer,
      trim_scale(a.on_hand) as "onHand", trim_scale(a.minimum) as minimum, trim_scale(a.par) as par,
      trim_scale(a.on_order) as "onOrder", trim_scale(a.pack_size) as "packSize", u.used::text as used,
      a.packs::int as packs, a.cost,
      case when a.rank = a.skipped + 1 then (
        select json_build_object('id', p.id, 'name', p.name, 'contactPerson', p.contact_person, 'phone', p.phone,
          'email', p.email, 'isActive', p.is_active, 'leadTimeDays', p.lead_time_days, 'orderDays', p.order_days,
          'minimumOrder', p.minimum_order, 'items', g.items, 'out', g.out, 'low', g.low, 'forecast', g.forecast,
          'cost', g.cost, 'page', g.skipped / ${SUPPLIER_ALERT_ROWS} + 1)
        from turned g join suppliers p on p.id = g.supplier_id where g.supplier_id = a.supplier_id
      ) end as supplier,
      case when a.rank = a.skipped + 1 and a.place % ${ALERT_SUPPLIERS_SHOWN} = 1 then (
        select json_build_object('page', (a.place - 1) / ${ALERT_SUPPLIERS_SHOWN} + 1, 'totals',
          json_build_object('suppliers', count(*), 'items', sum(items), 'out', sum(out), 'low', sum(low),
            'forecast', sum(forecast), 'cost', sum(cost)))
        from grouped
      ) end as list
    from page a
    join restaurants r on r.id = a.restaurant_id
    left join lateral (
      select * from stock_alerts w
      where w.restaurant_id = a.restaurant_id and w.ingredient_id = a.ingredient_id and w.cleared_at is null
        and w.kind = ${kindOf(sql`a.severity`)}
      limit 1
    ) w on true
    left join lateral (
      select used from stock_use u
      where u.restaurant_id = a.restaurant_id and u.ingredient_id = a.ingredient_id offset 0
    ) u on true
    order by a.place, a.rank`)
  const list = found[0]?.list
  return {
    suppliers: bySupplier(found, new Map(days.map(({ restaurantId, today }) => [restaurantId, today]))),
    totals: list?.totals ?? { suppliers: 0, items: 0, out: 0, low: 0, forecast: 0, cost: 0 },
    page: list?.page ?? 1,
  }
}

/** What follows from the date is worked out here, for the rows shown. @param dayAt the business date by restaurant */
function bySupplier(rows: readonly Row[], dayAt: ReadonlyMap<number, BusinessDate>): AlertsOfSupplier[] {
  const suppliers: AlertsOfSupplier[] = []
  let group: Group | null = null
  for (const { supplier, list: _, used, cost, ...row } of rows) {
    if (supplier) {
      group = supplier
      const { orderDays: __, ...shown } = supplier
      suppliers.push({ ...shown, rows: [] })
    }
    const today = dayAt.get(row.restaurantId)
    if (!group || today === undefined) continue
    suppliers.at(-1)?.rows.push({
      ...row,
      nextDelivery: nextDelivery(today, group),
      daysLeft: used === null ? null : daysLeft(row.onHand, used.slice(1, -1).split(','), today),
      cost: Number(cost),
    })
  }
  return suppliers
}

/** How many ingredients have an open alert that nobody said may wait, and of how many nothing is left. */
export async function countAlerts(db: Db, scope: Scope): Promise<{ open: number; out: number }> {
  const [row] = await db.execute<{ open: number; out: number }>(sql`
    select count(*)::int as open, (count(*) filter (where severity = 3))::int as out
    from (${openPairs(restaurantIds(scope), sql`not bool_and(${isQuiet})`)}) a
    join ingredients i on i.id = a.ingredient_id and i.is_active`)
  return row ?? { open: 0, out: 0 }
}
