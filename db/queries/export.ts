import { sql } from 'drizzle-orm'
import type { ChainScope, RestaurantScope } from '@/domain/scope'
import type { AlertKind, Unit } from '@/domain/vocabulary'
import type { Db } from '../client'
import { onOrder, packsToOrder } from '../fragments/stock-position'
import { keyText } from '../records/kind'
import { type Documents, RECORDS } from '../records/kinds'

/** Where a page of an export begins, and how long it is. `next` is null on the last. */
type Keyset = { after: number; limit: number }

type Exported = 'menu_item' | 'ingredient' | 'supplier' | 'category'

export type ExportedRecord<Doc> = { id: number; doc: Doc; category: string; recipe: string; supplier: string }

/** Records whole, in order of their numbers, with the names of what they name by number; an ambiguous recipe as `#12`. */
export async function exportRecords<S extends Exported>(
  db: Db,
  _scope: ChainScope<'menu:edit'>,
  subject: S,
  keyset: Keyset,
): Promise<{ rows: ExportedRecord<Documents[S]>[]; next: number | null }> {
  const page = await recordsAfter(db, subject, keyset)
  const named = await namesFor(
    db,
    page.rows.map(({ doc }) => doc as Partial<Documents['menu_item'] & Documents['ingredient']>),
  )
  const rows = page.rows.map((row, n) => ({
    ...row,
    ...(named[n] ?? { category: '', recipe: '', supplier: '' }),
  }))
  return { rows, next: page.next }
}

/** Restaurants whole, in order of their numbers. */
export const exportRestaurants = async (db: Db, _scope: ChainScope<'chain:manage'>, keyset: Keyset) =>
  recordsAfter(db, 'restaurant', keyset)

async function recordsAfter<S extends Exported | 'restaurant'>(
  db: Db,
  subject: S,
  { after, limit }: Keyset,
): Promise<{ rows: { id: number; doc: Documents[S] }[]; next: number | null }> {
  const { read, idsFrom } = RECORDS[subject]
  const ids = await db.execute<{ id: number }>(sql`
    select id from ${sql.raw(idsFrom ?? '')} where id > ${after} order by id limit ${limit}`)
  const docs = await read(
    db,
    ids.map(({ id }) => ({ id, restaurantId: null })),
    false,
  )
  const rows = ids.flatMap(({ id }) => {
    const doc = docs.get(keyText({ id, restaurantId: null }))
    return doc ? [{ id, doc }] : []
  })
  return { rows, next: ids.length === limit ? (ids.at(-1)?.id ?? null) : null }
}

const namesFor = (
  db: Db,
  docs: readonly { categoryId?: number; recipeId?: number | null; supplierId?: number }[],
) =>
  db.execute<{ category: string; recipe: string; supplier: string }>(sql`
    select coalesce(c.name, '') as category, coalesce(s.name, '') as supplier,
      coalesce(case when exists (select from recipes other where other.title = r.title and other.id <> r.id)
        then '#' || r.id else r.title end, '') as recipe
    from rows from (
      json_to_recordset(${JSON.stringify(docs.map(({ categoryId, recipeId, supplierId }) => ({ categoryId, recipeId, supplierId })))}::text::json)
        as ("categoryId" int, "recipeId" int, "supplierId" int)
    ) with ordinality as g (category_id, recipe_id, supplier_id, n)
    left join categories c on c.id = g.category_id
    left join recipes r on r.id = g.recipe_id
    left join suppliers s on s.id = g.supplier_id
    order by g.n`)

export type ExportedAlert = {
  restaurantId: number
  restaurant: string
  ingredientId: number
  ingredient: string
  unit: Unit
  supplier: string
  /** The worst of what is open about it. */
  kind: AlertKind
  /** Why somebody said that it may wait; null: nobody did. */
  reason: string | null
  /** Numeric strings in the unit. */
  onHand: string
  onOrder: string
  minimum: string
  par: string
  packSize: string
  /** What `packsToOrder` says. */
  packs: number
  /** Cents. */
  cost: number
}

/** What is open, as `listAlertsBySupplier` has it, restaurant by restaurant. */
export async function exportStockAlerts(
  db: Db,
  scope: ChainScope<'stock:read'> | RestaurantScope<'stock:read'>,
  {
    supplierId,
    quiet,
    after,
    limit,
  }: {
    supplierId: number | null
    /** Also what somebody said may wait. */
    quiet: boolean
    after: { restaurantId: number; ingredientId: number }
    limit: number
  },
): Promise<{ rows: ExportedAlert[]; next: { restaurantId: number; ingredientId: number } | null }> {
  const restaurantIds = 'restaurantIds' in scope ? scope.restaurantIds : [scope.restaurant.id]
  const isQuiet = sql`(acknowledged_at is not null and (snoozed_until is null or snoozed_until > now()))`
  const rows = await db.execute<ExportedAlert>(sql`
    select r.id as "restaurantId", r.name as restaurant, i.id as "ingredientId", i.name as ingredient, i.unit,
      p.name as supplier, a.kind, a.reason, trim_scale(s.on_hand)::text as "onHand",
      trim_scale(n.on_order)::text as "onOrder", trim_scale(s.minimum)::text as minimum,
      trim_scale(s.par)::text as par, trim_scale(i.pack_size)::text as "packSize", n.packs,
      round(n.packs * i.pack_size * i.unit_price)::float8 as cost
    from (
      select restaurant_id, ingredient_id,
        (array_agg(kind order by array_position(array['out', 'low', 'forecast'], kind)))[1] as kind,
        case when bool_and(${isQuiet}) then max(reason) end as reason
      from stock_alerts
      where restaurant_id = any(${sql.param(restaurantIds)}::int[]) and cleared_at is null
        and (restaurant_id, ingredient_id) > (${after.restaurantId}::int, ${after.ingredientId}::int)
      group by restaurant_id, ingredient_id
      having ${quiet}::boolean or not bool_and(${isQuiet})
    ) a
    join stock_levels s on s.restaurant_id = a.restaurant_id and s.ingredient_id = a.ingredient_id
    join ingredients i on i.id = s.ingredient_id and i.is_active
    join suppliers p on p.id = i.supplier_id
    join restaurants r on r.id = s.restaurant_id
    cross join lateral (
      select o.on_order, ${packsToOrder(sql`o.on_order`)} as packs from (select ${onOrder} as on_order) o
    ) n
    where ${supplierId === null ? sql`true` : sql`i.supplier_id = ${supplierId}`}
    order by s.restaurant_id, s.ingredient_id limit ${limit}`)
  const last = rows.at(-1)
  return { rows, next: rows.length === limit && last ? last : null }
}
