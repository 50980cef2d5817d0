import { type SQL, sql } from 'drizzle-orm'
import { type DateRange, splitByMonth } from '@/domain/report-range'
import type { ReportScope } from '@/domain/scope'
import type { Station } from '@/domain/vocabulary'
import type { Db } from '../../client'
import { inSpans, orderSpans } from '../../fragments/order-spans'
import { isChain, isReported } from '../../fragments/report-days'
import { soldOrders } from '../../fragments/sold-orders'

export type SoldDish = {
  menuItemId: number
  name: string
  categoryId: number
  category: string
  station: Station
  units: number
  /** Cents. */
  revenue: number
  /** 0 to 1, of all dishes sold. */
  shareOfUnits: number
  shareOfRevenue: number
  /** Cents that the ingredients of all units cost, by today's recipe card and prices; null without a card. */
  cost: number | null
}

/**
 * Every dish that was sold in a range, most revenue first: of orders that were confirmed and not cancelled. What
 * `engineerMenu` sorts into classes.
 */
export async function listProductMix(
  db: Db,
  scope: ReportScope,
  { range }: { range: DateRange },
): Promise<SoldDish[]> {
  const closed = isChain(scope) ? closedOfChain(range) : closedOfSome(scope, range)
  const rows = await db.execute<SoldDish>(sql`
    with confirmed as materialized (${soldOrders(scope, range)}), ${orderSpans('confirmed')}, sold as (
      select menu_item_id, sum(units) as units, sum(revenue) as revenue
      from (
        ${closed}
        union all
        select i.menu_item_id, i.quantity, i.subtotal
        from (${inSpans('order_items', { columns: sql`order_id, menu_item_id, quantity, subtotal` })}) i
        join confirmed o on o.restaurant_id = i.restaurant_id and o.id = i.order_id
      ) line
      group by menu_item_id
    ), card as (
      select l.recipe_id, sum(l.quantity * i.unit_price) as cost
      from recipe_ingredients l
      join ingredients i on i.id = l.ingredient_id
      where l.recipe_id = any (array(select recipe_id from sold join menu_items on menu_items.id = menu_item_id))
      group by l.recipe_id
    )
    select s.menu_item_id as "menuItemId", m.name, c.id as "categoryId", c.name as category, m.station,
      s.units::float8 as units, s.revenue::float8 as revenue,
      (s.units / sum(s.units) over ())::float8 as "shareOfUnits",
      coalesce(s.revenue / nullif(sum(s.revenue) over (), 0), 0)::float8 as "shareOfRevenue",
      round(s.units * k.cost)::float8 as cost
    from sold s
    join menu_items m on m.id = s.menu_item_id
    join categories c on c.id = m.category_id
    left join card k on k.recipe_id = m.recipe_id
    order by s.revenue desc, m.name, m.id`)
  return [...rows]
}

/** Whole months come from their sums, and only the days around those one by one. */
function closedOfChain(range: DateRange): SQL {
  const { months, rest } = splitByMonth(range)
  const stored = rest.map(
    ({ from, to }) => sql`
      select menu_item_id, units, revenue from chain_item_sales
      where business_date between ${from}::date and ${to}::date`,
  )
  if (months)
    stored.push(sql`
      select menu_item_id, units, revenue from chain_item_months
      where month between ${months.from}::date and ${months.to}::date`)
  return sql.join(stored, sql` union all `)
}

const closedOfSome = (scope: ReportScope, { from, to }: DateRange): SQL => sql`
  select s.menu_item_id, s.units, s.revenue
  from kitchen_rollups k
  cross join lateral (
    select * from daily_item_sales
    where restaurant_id = k.restaurant_id and business_date between ${from}::date and ${to}::date
      and business_date <= k.through
    offset 0
  ) s
  where ${isReported(sql`k.restaurant_id`, scope)}`
