import { type SQL, sql } from 'drizzle-orm'
import type { Difficulty } from '@/domain/recipe'
import { RECIPE_PAGE_SIZE, type RecipeKeyset } from '@/domain/recipe-search'
import type { ChainScope } from '@/domain/scope'
import type { Diet } from '@/domain/vocabulary'
import type { Db } from '../client'
import type { RecipeTerms } from '../fragments/recipe-conditions'
import { RECIPE_ORDERS } from '../fragments/recipe-order'
import { pageOfRecipes } from '../fragments/recipe-page'

export type FoundRecipe = {
  id: number
  title: string
  cuisine: string
  difficulty: Difficulty
  prepMinutes: number
  chefId: number
  chef: string
  /** Years. */
  chefExperience: number
  /** In the order of `DIETS`. */
  diets: Diet[]
  /** Cents a portion at today's ingredient prices; null without proof that the reader may see it. */
  cost: number | null
}

export type RecipePage = {
  rows: FoundRecipe[]
  /** Where the next page begins; null on the last one. */
  next: RecipeKeyset | null
}

type Row = FoundRecipe & { tier: number; value: string }

/**
 * A page of recipes, 20 unless `limit` says otherwise, that meet every part of the search, in its order, after its keyset, in one statement.
 * `relevance` puts titles with all the words first, then titles with some, then recipes that have them in ingredients or
 * chef only; among these the quickest first. `costs` proves that the reader may see what a portion costs; without it no
 * cost is read.
 */
export async function searchRecipes(
  db: Db,
  _scope: ChainScope,
  terms: RecipeTerms,
  { costs, limit = RECIPE_PAGE_SIZE }: { costs: ChainScope<'stock:read'> | null; limit?: number },
): Promise<RecipePage> {
  const { value, descending } = RECIPE_ORDERS[terms.search.sort]
  const direction = sql.raw(descending ? 'desc' : 'asc')
  const rows = await db.execute<Row>(sql`
    with ${pageOfRecipes(terms, limit + 1)}${costs ? sql`, ${portionCosts}` : sql``}
    select r.id, r.title, r.cuisine, (array['easy', 'medium', 'hard'])[r.difficulty] as difficulty,
      r.prep_time as "prepMinutes", r.dietary_restrictions as diets, c.id as "chefId", c.name as chef, c.experience_years as "chefExperience",
      ${costs ? sql`portion.cost` : sql`null`} as cost, tier, ${value} as value
    from page
    join recipes r using (id)
    join chefs c on c.id = r.chef_id
    ${costs ? sql`left join portion on portion.recipe_id = r.id` : sql``}
    order by tier, place ${direction}, id ${direction}`)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: page.map(({ tier: _, value: __, ...row }) => row),
    next:
      last && rows.length > limit
        ? { sort: terms.search.sort, tier: last.tier, value: last.value, id: last.id }
        : null,
  }
}

/** Of the rows of one page: a stored figure would be stale whenever a supplier changes a price. */
const portionCosts: SQL = sql`portion as (
  select l.recipe_id, round(sum(l.quantity * i.unit_price))::int as cost
  from page
  join recipe_ingredients l on l.recipe_id = page.id
  join ingredients i on i.id = l.ingredient_id
  group by l.recipe_id
)`
