import { sql } from 'drizzle-orm'
import type { ChainScope } from '@/domain/scope'
import { NO_SUPPLIER } from '@/domain/supplier'
import type { Unit } from '@/domain/vocabulary'
import type { Db } from '../client'
import { holdsName } from '../fragments/holds-name'

export type IngredientName = { id: number; name: string }

export type IngredientNames = {
  /** The ingredients of `ids` that exist, by name. */
  named: IngredientName[]
  /** Active ingredients whose name is or looks like `text`, the best first; none of `ids` among them. */
  suggested: IngredientName[]
}

/**
 * The names of some ingredients, and the ones that somebody may mean who typed `text`: names that begin with it, then
 * those that hold it, then those spelled alike. At most `limit` suggestions, none for an empty text. Reads the whole
 * table, some hundreds of short rows; nothing is asked where there is nothing to look up.
 */
export async function findIngredientNames(
  db: Db,
  _scope: ChainScope,
  { ids, text, limit }: { ids: readonly number[]; text: string; limit: number },
): Promise<IngredientNames> {
  if (ids.length === 0 && text === '') return { named: [], suggested: [] }
  const rows = await db.execute<IngredientName & { suggested: boolean }>(sql`
    (select id, name, false as suggested from ingredients where id = any(${sql.param(ids)}::int[]) order by name)
    union all
    (select id, name, true from ingredients
     where ${text} <> '' and is_active and id <> all(${sql.param(ids)}::int[])
       and (position(lower(${text}) in lower(name)) > 0 or ${text} <% name)
     order by starts_with(lower(name), lower(${text})) desc, position(lower(${text}) in lower(name)) > 0 desc,
       word_similarity(${text}, name) desc, name
     limit ${limit})`)
  const names = (wanted: boolean) =>
    rows.filter(({ suggested }) => suggested === wanted).map(({ id, name }) => ({ id, name }))
  return { named: names(false), suggested: names(true) }
}

/** What an import leaves to be filled in: a price, somebody to buy it from, and what of it comes from animals. */
export const INGREDIENT_GAPS = ['no_price', 'not_assigned', 'not_described'] as const
export type IngredientGap = (typeof INGREDIENT_GAPS)[number]

export type IngredientFilter = {
  /** A piece of the name; empty is no filter, like null below. */
  search: string
  supplierId: number | null
  gap: IngredientGap | null
  isActive: boolean
}

export type ListedIngredient = {
  id: number
  name: string
  unit: Unit
  /** Cents for one unit, a numeric string. */
  unitPrice: string
  supplierId: number
  supplier: string
  /** In the unit, numeric strings. */
  packSize: string
  minimum: string
  allergens: string[]
  /** Dishes on the menu that need it. */
  dishes: number
}

/** One page of the ingredients by name, counted from 1, and how many there are under the filter. */
export async function listIngredients(
  db: Db,
  _scope: ChainScope<'menu:edit'>,
  {
    search,
    supplierId,
    gap,
    isActive,
    page,
    pageSize,
  }: IngredientFilter & { page: number; pageSize: number },
): Promise<{ ingredients: ListedIngredient[]; total: number }> {
  const conditions = [
    sql`i.is_active = ${isActive}`,
    ...(search === '' ? [] : [holdsName(sql`i.name`, search)]),
    ...(supplierId === null ? [] : [sql`i.supplier_id = ${supplierId}`]),
    ...(gap === 'no_price' ? [sql`i.unit_price = 0`] : []),
    ...(gap === 'not_described' ? [sql`i.animal_sources is null`] : []),
    ...(gap === 'not_assigned' ? [sql`s.name = ${NO_SUPPLIER}`] : []),
  ]
  const matching = sql`ingredients i join suppliers s on s.id = i.supplier_id where ${sql.join(conditions, sql` and `)}`
  // Cards of what is sold are some thousands of lines, whatever the size of the recipe book.
  const rows = await db.execute<ListedIngredient & { total: number }>(sql`
    with needed as (
      select l.ingredient_id, count(*)::int as dishes
      from menu_items m join recipe_ingredients l on l.recipe_id = m.recipe_id
      where m.is_available group by l.ingredient_id
    ), shown as (
      select i.id, i.name, i.unit, trim_scale(i.unit_price)::text as "unitPrice", i.supplier_id as "supplierId",
        s.name as supplier, trim_scale(i.pack_size)::text as "packSize", trim_scale(i.minimum)::text as minimum,
        i.allergens
      from ${matching} order by i.name limit ${pageSize} offset ${(page - 1) * pageSize}
    )
    select shown.*, coalesce(dishes, 0) as dishes, (select count(*)::int from ${matching}) as total
    from shown left join needed on needed.ingredient_id = shown.id order by name`)
  const ingredients = rows.map(({ total, ...ingredient }) => ingredient)
  return { ingredients, total: rows[0]?.total ?? 0 }
}

/** One dish that needs an ingredient, as far as its cost depends on it. */
export type AffectedDish = {
  id: number
  name: string
  /** Cents, the chain's. */
  price: number
  /** For one portion, in the ingredient's unit, a numeric string. */
  quantity: string
  /** Cents for a portion without this ingredient, a numeric string with decimals. */
  otherCost: string
}

export type IngredientUse = {
  /** Recipes whose card has it. */
  cards: number
  /** Dishes on the menu that sell one of them. */
  dishes: number
  /** Restaurants that stock it. */
  restaurants: number
  /** Those dishes, beginning with those whose food cost moves most with its price. */
  affected: AffectedDish[]
}

/** Where an ingredient is used, and what its price means to the dishes that need it; at most `limit` of these. */
export async function getIngredientUse(
  db: Db,
  _scope: ChainScope<'menu:edit'>,
  { id, limit }: { id: number; limit: number },
): Promise<IngredientUse> {
  const [use] = await db.execute<IngredientUse>(sql`
    with needing as (
      select m.id, m.name, m.price, m.recipe_id, l.quantity
      from recipe_ingredients l
      join menu_items m on m.recipe_id = l.recipe_id and m.is_available
      join categories c on c.id = m.category_id and c.is_active
      where l.ingredient_id = ${id}
    ), affected as (
      select * from needing order by quantity / nullif(price, 0) desc nulls last, name, id limit ${limit}
    )
    select (select count(*)::int from recipe_ingredients where ingredient_id = ${id}) as cards,
      (select count(*)::int from needing) as dishes,
      (select count(*)::int from restaurants r where r.is_active and exists (
        select from stock_levels s where s.restaurant_id = r.id and s.ingredient_id = ${id})) as restaurants,
      (select coalesce(json_agg(json_build_object(
          'id', a.id, 'name', a.name, 'price', a.price, 'quantity', trim_scale(a.quantity)::text,
          'otherCost', trim_scale(cost.others)::text
        ) order by a.quantity / nullif(a.price, 0) desc nulls last, a.name, a.id), '[]')
        from affected a
        cross join lateral (
          select coalesce(sum(l.quantity * i.unit_price), 0) as others
          from recipe_ingredients l join ingredients i on i.id = l.ingredient_id
          where l.recipe_id = a.recipe_id and l.ingredient_id <> ${id}
        ) cost) as affected`)
  if (!use) throw new Error('A select without FROM returned no row.')
  return use
}
