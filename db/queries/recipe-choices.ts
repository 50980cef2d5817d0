import { sql } from 'drizzle-orm'
import type { KnownNames } from '@/domain/recipe-form'
import type { ChainScope } from '@/domain/scope'
import type { Allergen, AnimalSource, Unit } from '@/domain/vocabulary'
import type { Db } from '../client'

export type IngredientChoice = {
  id: number
  name: string
  unit: Unit
  /** Cents for one unit, with decimals. */
  unitPrice: string
  allergens: Allergen[]
  /** Null: nobody has said. */
  animalSources: AnimalSource[] | null
}

export type RecipeChoices = {
  /** By name. */
  ingredients: IngredientChoice[]
  /** By name; `isShared`: another chef has the same one. */
  chefs: { id: number; name: string; isShared: boolean }[]
  /** By name. */
  cuisines: string[]
}

/** More than any kitchen stocks or employs; who is left out can still be typed. */
const MOST_CHOICES = 5000

/**
 * What a recipe's form offers: active ingredients with their prices, chefs and cuisines, and whatever the card has
 * already. One query over tables of some hundreds of rows; cuisines come from their tallies.
 */
export async function listRecipeChoices(
  db: Db,
  _scope: ChainScope<'menu:edit'>,
  { ingredientIds, chefId }: { ingredientIds: readonly number[]; chefId: number | null },
): Promise<RecipeChoices> {
  const [choices] = await db.execute<RecipeChoices>(sql`
    select (
      select coalesce(json_agg(json_build_object('id', i.id, 'name', i.name, 'unit', i.unit,
        'unitPrice', trim_scale(i.unit_price)::text, 'allergens', i.allergens,
        'animalSources', i.animal_sources) order by i.name, i.id), '[]')
      from (
        (select * from ingredients where is_active order by name limit ${MOST_CHOICES})
        union select * from ingredients where id = any(${sql.param(ingredientIds)}::int[])
      ) i
    ) as ingredients, (
      select coalesce(json_agg(json_build_object('id', c.id, 'name', c.name, 'isShared', c.namesakes > 1)
        order by c.name, c.id), '[]')
      from (
        select id, name, count(*) over (partition by name) as namesakes,
          row_number() over (order by name, id) as place
        from chefs
      ) c where c.place <= ${MOST_CHOICES} or c.id = ${chefId}::int
    ) as chefs, (
      select coalesce(json_agg(cuisine order by cuisine), '[]')
      from (select cuisine from recipe_tallies group by cuisine having sum(recipes) > 0) t
    ) as cuisines`)
  if (!choices) throw new Error('A row without a table is always there.')
  return choices
}

const MOST_LIKE = 3
/** Of word_similarity: two letters may be wrong in a short name. */
const LEAST_LIKE = 0.35

type FoundName = {
  typed: string
  found: { id: number; name: string; unit: Unit } | null
  near: string[]
}

/**
 * What the book has by the names of a form, compared as people compare them (`name_key`): of several ingredients the one
 * that is spelled exactly so, then active ones, then the first; of several chefs the one with the number that was typed
 * with the name, then `chefId`, whom the card had. "#12" is number 12, whom a page could not name. Names that it does not know come with those that are like them.
 */
export async function findTypedNames(
  db: Db,
  _scope: ChainScope<'menu:edit'>,
  { chef, ingredients, chefId }: { chef: string; ingredients: readonly string[]; chefId: number | null },
): Promise<KnownNames> {
  const [, chefName = chef, number] = /^(.*\S)\s+\(#(\d{1,9})\)$/.exec(chef) ?? []
  const [names] = await db.execute<{ ingredients: FoundName[]; chefId: number | null; chefs: string[] }>(sql`
    with given as (select distinct name as typed from unnest(${sql.param(ingredients)}::text[]) as name),
    found as (
      select g.typed, i.id, i.name, i.unit from given g left join lateral (
        select id, name, unit from ingredients i
        where name_key(i.name) = name_key(g.typed) or '#' || i.id = g.typed
        order by i.name = g.typed desc, i.is_active desc, i.id limit 1
      ) i on true
    ),
    chef as (
      select id from chefs where (name_key(name) = name_key(${chefName}::text) or '#' || id = ${chefName}::text)
        and (${number ?? null}::int is null or id = ${number ?? null}::int)
      order by id = ${chefId}::int desc nulls last, name = ${chefName}::text desc, id limit 1
    )
    select (
      select coalesce(json_agg(json_build_object('typed', f.typed,
        'found', case when f.id is not null then json_build_object('id', f.id, 'name', f.name, 'unit', f.unit) end,
        'near', case when f.id is null then (
          select coalesce(json_agg(name), '[]') from (
            select name from ingredients where is_active and word_similarity(f.typed, name) > ${LEAST_LIKE}
            order by word_similarity(f.typed, name) desc, length(name), name limit ${MOST_LIKE}) near
        ) else '[]' end)), '[]')
      from found f
    ) as ingredients,
    (select id from chef) as "chefId",
    case when exists (select from chef) then '[]' else (
      select coalesce(json_agg(name), '[]') from (
        select name from chefs where word_similarity(${chefName}::text, name) > ${LEAST_LIKE}
        order by word_similarity(${chefName}::text, name) desc, length(name), name, id limit ${MOST_LIKE}) near
    ) end as chefs`)
  if (!names) throw new Error('A row without a table is always there.')
  return {
    chef: { id: names.chefId, near: names.chefs },
    ingredients: new Map(names.ingredients.map(({ typed, found, near }) => [typed, { found, near }])),
  }
}

export type SellingDish = {
  id: number
  name: string
  /** Cents, the chain's price. */
  price: number
  /** In how many restaurants it is on the menu now, and the first of them by name. */
  restaurants: number
  first: string[]
}

const MOST_DISHES = 20
const FIRST_RESTAURANTS = 3

/** The dishes that a recipe's card stands behind and where they are on the menu, by name: what saving it changes. */
export async function listDishesSelling(
  db: Db,
  { restaurantIds }: ChainScope<'menu:edit'>,
  { recipeId }: { recipeId: number },
): Promise<SellingDish[]> {
  return db.execute<SellingDish>(sql`
    select m.id, m.name, m.price, count(r.id)::int as restaurants,
      coalesce((array_agg(r.name order by r.name, r.id) filter (where r.id is not null))[1:${FIRST_RESTAURANTS}::int], '{}')
        as first
    from menu_items m
    join categories c on c.id = m.category_id
    left join lateral (
      select r.id, r.name from restaurants r
      left join menu_overrides o on o.restaurant_id = r.id and o.menu_item_id = m.id
      where r.id = any(${sql.param(restaurantIds)}::int[]) and c.is_active and coalesce(o.is_available, m.is_available)
    ) r on true
    where m.recipe_id = ${recipeId}
    group by m.id
    order by m.name, m.id
    limit ${MOST_DISHES}`)
}
