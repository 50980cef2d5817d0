import { type SQL, sql } from 'drizzle-orm'
import type { Difficulty } from '@/domain/recipe'
import { RECIPE_PAGE_SIZE, type RecipeKeyset, type RecipeSort, searchWords } from '@/domain/recipe-search'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'
import { type RecipeFilter, recipeConditions, titleHas } from '../fragments/recipe-conditions'

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
  /** Cents a portion at today's ingredient prices; null without proof that the reader may see it. */
  cost: number | null
}

export type RecipePage = {
  rows: FoundRecipe[]
  /** Where the next page begins; null on the last one. */
  next: RecipeKeyset | null
  /** Nothing has these words: the rows are those whose titles look most like them, one page at most. */
  alike: boolean
}

export type RecipeSearchParams = RecipeFilter & {
  /** Proof that the reader may see what a portion costs; without it no cost is read. */
  costs: ChainScope<'stock:read'> | null
}

/**
 * A page of 20 recipes that meet every part of the search, in its order, after its keyset. `relevance` puts titles with
 * all the words first, then titles with some, then recipes that have them in ingredients or chef only; among these the
 * quickest first.
 */
export async function searchRecipes(
  db: Db,
  _scope: ChainScope,
  { search, stock, costs }: RecipeSearchParams,
): Promise<RecipePage> {
  const words = searchWords(search.words)
  const order = ORDERS[search.sort]
  const conditions = recipeConditions({ search, stock }).map((condition) => condition.sql)
  const tier = search.sort === 'relevance' && words.length ? tierOf(words) : sql`0::int`
  const after = search.after ? [sql`(${tier}, ${order.key}, r.id) ${afterwards(search.after)}`] : []
  const rows = await db.execute<FoundRecipe & { tier: number; value: string }>(sql`
    select r.id, r.name as title, r.cuisine, (array['easy', 'medium', 'hard'])[r.difficulty] as difficulty,
      r.prep_time as "prepMinutes", c.id as "chefId", c.name as chef, c.experience_years as "chefExperience",
      ${costs ? cost : sql`null`} as cost, ${tier} as tier, ${order.value} as value
    from recipes r join chefs c on c.id = r.chef_id
    where ${sql.join([sql`true`, ...conditions, ...after], sql` and `)}
    order by ${tier}, ${order.by}
    limit ${RECIPE_PAGE_SIZE + 1}`)
  const page = rows.slice(0, RECIPE_PAGE_SIZE)
  const last = page.at(-1)
  return {
    rows: page.map(({ tier: _, value: __, ...row }) => row),
    next:
      last && rows.length > RECIPE_PAGE_SIZE
        ? { sort: search.sort, tier: last.tier, value: last.value, id: last.id }
        : null,
    alike: false,
  }
}

const quickest = { by: sql`r.prep_time, r.id`, key: sql`r.prep_time`, value: sql`r.prep_time::text` }
const ORDERS: Record<RecipeSort, { by: SQL; key: SQL; value: SQL }> = {
  prep: quickest,
  relevance: quickest,
  newest: {
    by: sql`r.created_at desc, r.id desc`,
    key: sql`r.created_at`,
    value: sql`(extract(epoch from r.created_at) * 1000000)::bigint::text`,
  },
  title: { by: sql`r.name, r.id`, key: sql`r.name`, value: sql`r.name` },
}

function afterwards({ sort, tier, value, id }: RecipeKeyset): SQL {
  if (sort === 'newest')
    return sql`< (${tier}::int, timestamptz 'epoch' + ${value}::bigint * interval '1 microsecond', ${id}::int)`
  return sort === 'title'
    ? sql`> (${tier}::int, ${value}::text, ${id}::int)`
    : sql`> (${tier}::int, ${value}::int, ${id}::int)`
}

function tierOf(words: readonly string[]): SQL {
  const hits = words.map(titleHas)
  if (hits.length === 0) return sql`0::int`
  return sql`case when ${sql.join(hits, sql` and `)} then 0 when ${sql.join(hits, sql` or `)} then 1 else 2 end`
}

const cost = sql`(
  select round(sum(l.quantity * i.unit_price))::int
  from recipe_ingredients l join ingredients i on i.id = l.ingredient_id
  where l.recipe_id = r.id
)`
