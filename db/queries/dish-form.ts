import { sql } from 'drizzle-orm'
import type { RecipeCard } from '@/domain/recipe-card'
import type { ChainScope } from '@/domain/scope'
import type { Allergen, AnimalSource } from '@/domain/vocabulary'
import type { Db } from '../client'
import { CATEGORY_ORDER, categoriesIn } from '../fragments/categories'
import { readDrafted } from '../records/drafted'

type Scope = ChainScope<'menu:edit'>

/** What a dish gets from the recipe that it sells. */
export type RecipeFacts = {
  id: number
  title: string
  prepMinutes: number
  calories: number | null
  lines: number
  /** Cents a portion at today's ingredient prices, exactly, as a decimal; null for a card without lines. */
  cost: string | null
  /** In the order of the regulation, each with the ingredients that bring it. */
  allergens: { allergen: Allergen; by: string[] }[]
  /** Of each line, in the card's order, what diets ask. */
  makeup: { ingredient: string; allergens: Allergen[]; animalSources: AnimalSource[] | null }[]
}

/** One recipe as a dish's form shows it, live or as an open change set makes it; null where there is none. */
export async function getRecipeFacts(
  db: Db,
  _scope: Scope,
  recipeId: number,
  changeSetId: number | null,
): Promise<RecipeFacts | null> {
  const key = { id: recipeId, restaurantId: null }
  const drafted = changeSetId === null ? null : await readDrafted(db, 'recipe', key, changeSetId)
  const { recipe, lines } =
    drafted?.edit && drafted.doc ? draftCard(recipeId, drafted.doc) : liveCard(recipeId)
  const [found] = await db.execute<RecipeFacts>(sql`
    with recipe as (${recipe}), lines as (
      select l.position, l.quantity * i.unit_price as cost, i.id, i.name, i.allergens, i.animal_sources
      from (${lines}) l join ingredients i on i.id = l.ingredient_id
    )
    select r.id, r.title, r."prepMinutes", r.calories,
      (select count(*)::int from lines) as lines, (select trim_scale(sum(cost))::text from lines) as cost,
      (
        select coalesce(json_agg(json_build_object('allergen', allergen, 'by', by) order by allergen), '[]')
        from (
          select allergen, json_agg(name order by position, name) as by
          from lines cross join unnest(allergens) as allergen group by allergen
        ) brought
      ) as allergens,
      (
        select coalesce(json_agg(json_build_object('ingredient', name, 'allergens', allergens,
          'animalSources', animal_sources) order by position, id), '[]') from lines
      ) as makeup
    from recipe r`)
  return found ?? null
}

const liveCard = (recipeId: number) => ({
  recipe: sql`
    select id, title, prep_time as "prepMinutes", calories from recipes where id = ${recipeId}`,
  lines: sql`
    select position, ingredient_id, quantity from recipe_ingredients where recipe_id = ${recipeId}`,
})

const draftCard = (recipeId: number, { title, prepMinutes, calories, lines }: RecipeCard) => ({
  recipe: sql`
    select ${recipeId}::int as id, ${title}::text as title, ${prepMinutes}::int as "prepMinutes",
      ${calories}::int as calories`,
  lines: sql`
    select position, ingredient_id, quantity
    from rows from (
      json_to_recordset(${JSON.stringify(lines)}::text::json) as ("ingredientId" int, quantity numeric)
    ) with ordinality as card (ingredient_id, quantity, position)`,
})

/** How many recipes the form suggests. */
export const MOST_SUGGESTED = 8

/** Cards that an open change set makes or renames and whose title has every one of the words, the last edited first. */
export async function listDraftedRecipes(
  db: Db,
  _scope: Scope,
  { words, changeSetId }: { words: string; changeSetId: number },
): Promise<{ id: number; title: string }[]> {
  return db.execute<{ id: number; title: string }>(sql`
    select e.subject_id as id, e.patch->>'title' as title
    from change_set_edits e join change_sets s on s.id = e.change_set_id and s.state = 'open'
    where e.change_set_id = ${changeSetId} and e.subject = 'recipe'
      and not exists (
        select from string_to_table(name_key(${words}), ' ') as word
        where position(word in name_key(coalesce(e.patch->>'title', ''))) = 0
      )
    order by e.updated_at desc, e.id desc limit ${MOST_SUGGESTED}`)
}

export type DishSurroundings = {
  /** All, in menu order; with an open change set as that makes them. */
  categories: { id: number; name: string; isActive: boolean }[]
  /** Active restaurants that have it on their menu now. */
  onMenuIn: number
  /** Restaurants with a price or availability of their own. */
  overrides: number
  /** Orders in the kitchens now that have it. */
  openOrders: number
  /** A restaurant whose guests see it, by name the first; null for none. */
  seenIn: { slug: string; name: string } | null
}

/** What a dish's form offers, and what depends on the dish. One query. */
export async function getDishSurroundings(
  db: Db,
  { restaurantIds }: Scope,
  menuItemId: number,
  changeSetId: number | null,
): Promise<DishSurroundings> {
  const [found] = await db.execute<DishSurroundings>(sql`
    with offered as materialized (
      select r.slug, r.name from restaurants r
      join menu_items m on m.id = ${menuItemId}
      join categories c on c.id = m.category_id and c.is_active
      left join menu_overrides o on o.restaurant_id = r.id and o.menu_item_id = m.id
      where r.id = any(${sql.param(restaurantIds)}::int[]) and coalesce(o.is_available, m.is_available)
    )
    select (
        select coalesce(json_agg(json_build_object('id', id, 'name', name, 'isActive', is_active)
          order by ${CATEGORY_ORDER}), '[]') from ${categoriesIn(changeSetId)} c
      ) as categories,
      (select count(*)::int from offered) as "onMenuIn",
      (
        select count(*)::int from menu_overrides o
        where o.restaurant_id = any(${sql.param(restaurantIds)}::int[]) and o.menu_item_id = ${menuItemId}
          and (o.price is not null or o.is_available is not null)
      ) as overrides,
      (
        select count(distinct (i.restaurant_id, i.order_id))::int from orders o
        join order_items i on i.restaurant_id = o.restaurant_id and i.order_id = o.id
        where o.restaurant_id = any(${sql.param(restaurantIds)}::int[])
          and o.status in ('pending', 'confirmed', 'preparing', 'ready') and i.menu_item_id = ${menuItemId}
      ) as "openOrders",
      (select json_build_object('slug', slug, 'name', name) from offered order by name limit 1) as "seenIn"`)
  if (!found) throw new Error('A select without FROM returned no row.')
  return found
}
