import { type SQL, sql } from 'drizzle-orm'
import type { BusinessDate } from '@/domain/business-day'
import type { ChainScope, RestaurantScope } from '@/domain/scope'
import type { AlertKind, Unit } from '@/domain/vocabulary'
import type { Db } from '../client'
import { daysLeft } from '../fragments/days-left'
import { milliseconds } from '../fragments/milliseconds'
import { isQuiet, openPairs } from '../fragments/open-alerts'
import { nextDelivery, packsAt } from '../fragments/stock-position'

type Scope = ChainScope<'stock:read'> | RestaurantScope<'stock:read'>

const restaurantIds = (scope: Scope) =>
  'restaurantIds' in scope ? scope.restaurantIds : [scope.restaurant.id]

export const SUPPLIER_ALERT_ROWS = 20
export const ALERT_SUPPLIERS_SHOWN = 50

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

/** Of each count of a group: all, and by their worst kind. */
const counts = (items: SQL, of: (severity: number) => SQL): SQL => sql`
  ${items}::int as items, ${of(3)}::int as out, ${of(2)}::int as low, ${of(1)}::int as forecast`

type Row = Omit<AlertsOfSupplier, 'cost'> & {
  cost: string | number
  totals: AlertsBySupplier['totals']
  supplierPage: number
}

/**
 * Every open alert of active ingredients, by supplier: the suppliers with most items out first, 50 a page, each with
 * exact figures and its 20 worst rows (by kind, then the lowest share of the minimum). With `supplierId` only that
 * supplier, and `page` turns its rows; without it, `page` turns the suppliers. A page beyond the end is the last.
 */
export async function listAlertsBySupplier(
  db: Db,
  scope: Scope,
  { days, supplierId = null, page = 1, quiet = false }: AlertsParams,
): Promise<AlertsBySupplier> {
  const rowPage = supplierId === null ? 0 : page - 1
  const supplierPage = supplierId === null ? page - 1 : 0
  const today = sql`a.today`
  const found = await db.execute<Row>(sql`
    with open as materialized (
      ${openPairs(restaurantIds(scope), quiet ? sql`true` : sql`not bool_and(${isQuiet})`)}
    ), today as materialized (
      select t.*, r.name, r.slug
      from json_to_recordset(${daysJson(days)}::text::json) as t ("restaurantId" int, today date)
      join restaurants r on r.id = t."restaurantId"
    ), asked as materialized (
      -- A restaurant's pairs are neighbours in every index: one look for all of them, not one for each.
      select restaurant_id, array_agg(ingredient_id order by ingredient_id) as ingredient_ids
      from open group by restaurant_id
    ), level as materialized (
      select s.* from asked cross join lateral (
        select s.restaurant_id, s.ingredient_id, s.on_hand, s.minimum, s.par from stock_levels s
        where s.restaurant_id = asked.restaurant_id and s.ingredient_id = any(asked.ingredient_ids) offset 0
      ) s
    ), coming as materialized (
      select l.restaurant_id, l.ingredient_id, sum(l.outstanding) as on_order
      from asked cross join lateral (
        select * from purchase_order_lines l
        where l.restaurant_id = asked.restaurant_id and l.ingredient_id = any(asked.ingredient_ids)
          and l.status = 'open' offset 0
      ) l
      group by l.restaurant_id, l.ingredient_id
    ), alert as (
      select *, coalesce(on_hand / nullif(minimum, 0), 0) as cover, round(packs * pack_size * unit_price) as cost
      from (
        select open.*, i.name as ingredient, i.unit, i.supplier_id, i.pack_size, i.unit_price, s.on_hand, s.minimum,
          s.par, coalesce(c.on_order, 0) as on_order, ${packsAt(sql`(s.on_hand + coalesce(c.on_order, 0))`)} as packs
        -- Each open pair has one level, and what is coming is one of them: so a full join adds nothing. It can't be
        -- done by nested loops, which a plan for any scope would choose, expecting ten restaurants and a few pairs.
        from open
        full join level s on s.restaurant_id = open.restaurant_id and s.ingredient_id = open.ingredient_id
        full join coming c on c.restaurant_id = open.restaurant_id and c.ingredient_id = open.ingredient_id
        join ingredients i on i.id = open.ingredient_id and i.is_active
        ${supplierId === null ? sql`` : sql`where i.supplier_id = ${supplierId}`}
        offset 0
      ) a
    ), ranked as (
      select *, row_number() over (
          partition by supplier_id order by severity desc, cover, ingredient, restaurant_id
        ) as rank
      from alert
    ), grouped as (
      select supplier_id, ${counts(sql`count(*)`, (severity) => sql`count(*) filter (where severity = ${severity})`)},
        sum(cost) as cost, min(cover) as worst,
        (least(${rowPage}::bigint, (count(*) - 1) / ${SUPPLIER_ALERT_ROWS}))::int as row_page
      from ranked group by supplier_id
    ), placed as (
      select *, row_number() over (order by out desc, low desc, worst, items desc, supplier_id) as place,
        count(*) over () as suppliers
      from grouped
    ), turned as materialized (
      select * from placed
      where (place - 1) / ${ALERT_SUPPLIERS_SHOWN}
        = least(${supplierPage}::bigint, (suppliers - 1) / ${ALERT_SUPPLIERS_SHOWN})
    ), page as materialized (
      select a.*, t.today, t.name as restaurant, t.slug
      from turned g
      join ranked a on a.supplier_id = g.supplier_id and (a.rank - 1) / ${SUPPLIER_ALERT_ROWS} = g.row_page
      join today t on t."restaurantId" = a.restaurant_id
    ), shown as materialized (
      select a.supplier_id, json_agg(json_build_object('restaurantId', a.restaurant_id, 'restaurant', a.restaurant,
          'restaurantSlug', a.slug, 'ingredientId', a.ingredient_id, 'ingredient', a.ingredient, 'unit', a.unit,
          'kind', w.kind, 'raisedAt', ${milliseconds(sql`w.raised_at`)},
          'answer', case when a.is_quiet then json_build_object('by', (select name from users where id = w.acknowledged_by),
            'at', ${milliseconds(sql`w.acknowledged_at`)}, 'reason', w.reason,
            'until', ${milliseconds(sql`w.snoozed_until`)}) end,
          'onHand', trim_scale(a.on_hand)::text, 'minimum', trim_scale(a.minimum)::text,
          'par', trim_scale(a.par)::text, 'onOrder', trim_scale(a.on_order)::text,
          'packSize', trim_scale(a.pack_size)::text, 'nextDelivery', ${nextDelivery(today)},
          'daysLeft', d.days_left, 'packs', a.packs, 'cost', a.cost) order by a.rank) as rows
      from page a
      join suppliers p on p.id = a.supplier_id
      cross join lateral (
        select * from stock_alerts w
        where w.restaurant_id = a.restaurant_id and w.ingredient_id = a.ingredient_id and w.cleared_at is null
          and w.kind = case a.severity when 3 then 'out' when 2 then 'low' else 'forecast' end
        limit 1
      ) w
      left join lateral (
        select * from stock_use u
        where u.restaurant_id = a.restaurant_id and u.ingredient_id = a.ingredient_id offset 0
      ) u on true
      cross join lateral (
        select ${daysLeft(sql`extract(isodow from a.today)::int`)} as days_left from (select a.on_hand) s
      ) d
      group by a.supplier_id
    )
    select g.supplier_id as id, p.name, p.contact_person as "contactPerson", p.phone, p.email,
      p.is_active as "isActive", p.lead_time_days as "leadTimeDays", p.minimum_order as "minimumOrder", g.items,
      g.out, g.low, g.forecast, g.cost, g.row_page + 1 as page, (
        select json_build_object('suppliers', count(*), 'items', sum(items), 'out', sum(out), 'low', sum(low),
          'forecast', sum(forecast), 'cost', sum(cost)) from placed
      ) as totals, ((g.place - 1) / ${ALERT_SUPPLIERS_SHOWN} + 1)::int as "supplierPage", n.rows
    from turned g
    join suppliers p on p.id = g.supplier_id
    left join shown n on n.supplier_id = g.supplier_id
    order by g.place`)
  const first = found[0]
  return {
    suppliers: found.map(({ totals: _, supplierPage: __, ...supplier }) => ({
      ...supplier,
      cost: Number(supplier.cost),
      rows: supplier.rows ?? [],
    })),
    totals: first?.totals ?? { suppliers: 0, items: 0, out: 0, low: 0, forecast: 0, cost: 0 },
    page: first?.supplierPage ?? 1,
  }
}

const daysJson = (days: AlertsParams['days']): string =>
  JSON.stringify(days.map(({ restaurantId, today }) => ({ restaurantId, today })))

/** How many ingredients have an open alert that nobody said may wait, and of how many nothing is left. */
export async function countAlerts(db: Db, scope: Scope): Promise<{ open: number; out: number }> {
  const [row] = await db.execute<{ open: number; out: number }>(sql`
    select count(*)::int as open, (count(*) filter (where severity = 3))::int as out
    from (${openPairs(restaurantIds(scope), sql`not bool_and(${isQuiet})`)}) a
    join ingredients i on i.id = a.ingredient_id and i.is_active`)
  return row ?? { open: 0, out: 0 }
}
