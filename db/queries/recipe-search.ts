import { sql } from 'drizzle-orm'
import type { Difficulty } from '@/domain/recipe'
import { RECIPE_PAGE_SIZE, type RecipeKeyset, type RecipeSearch } from '@/domain/recipe-search'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'
import {
  allOf,
  forbiddenIngredients,
  type RecipeCondition,
  type RecipeFilter,
  recipeConditions,
} from '../fragments/recipe-conditions'
import { RECIPE_ORDERS, recipeStretches } from '../fragments/recipe-order'
import { hasTitle, hasWords, hasWordsAround, hasWordsBeside } from '../fragments/recipe-word-conditions'
import { correctWords, type ResolvedWord, resolveWords } from '../fragments/recipe-words'

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
  /** Nothing has the words as typed: the rows are of these, the known ones that look most like them. */
  instead: string | null
}

export type RecipeSearchParams = RecipeFilter & {
  /** Proof that the reader may see what a portion costs; without it no cost is read. */
  costs: ChainScope<'stock:read'> | null
}

/** Rows of an index to pass before giving up: 20 matches stand among them where one recipe in a hundred is one. */
const WALK = 3000
/** The same where recipes can't be gathered by an index, since the search only says what they don't have. */
const LONG_WALK = 10_000

/**
 * A page of 20 recipes that meet every part of the search, in its order, after its keyset. `relevance` puts titles with
 * all the words first, then titles with some, then recipes that have them in ingredients or chef only; among these the
 * quickest first. Where nothing has a word, the first page is that of the words that look like it, and says so.
 */
export async function searchRecipes(
  db: Db,
  _scope: ChainScope,
  params: RecipeSearchParams,
): Promise<RecipePage> {
  const forbidden = await forbiddenIngredients(db, params)
  const words = await resolveWords(db, params.search.words)
  const page = await readPage(db, params, words, forbidden)
  if (page.rows.length || words.length === 0 || params.search.after) return { ...page, instead: null }
  const instead = await correctWords(db, words)
  if (instead === null) return { ...page, instead: null }
  return { ...(await readPage(db, params, await resolveWords(db, instead), forbidden)), instead }
}

type Row = FoundRecipe & { value: string }

async function readPage(
  db: Db,
  { search, costs }: RecipeSearchParams,
  words: readonly ResolvedWord[],
  forbidden: readonly number[],
): Promise<Pick<RecipePage, 'rows' | 'next'>> {
  const conditions = recipeConditions(search, forbidden)
  const reach = forbidden.length ? LONG_WALK : WALK
  const rows: (Row & { tier: number })[] = []
  for (const { tier, has } of tiersOf(search, words)) {
    const missing = RECIPE_PAGE_SIZE + 1 - rows.length
    if (missing === 0) break
    const after = search.after?.tier === tier ? search.after : null
    const found = await readTier(db, { ...search, after }, [...conditions, ...has], {
      limit: missing,
      reach,
      costs: costs !== null,
    })
    rows.push(...found.map((row) => ({ ...row, tier })))
  }
  const page = rows.slice(0, RECIPE_PAGE_SIZE)
  const last = page.at(-1)
  return {
    rows: page.map(({ tier: _, value: __, ...row }) => row),
    next:
      last && rows.length > RECIPE_PAGE_SIZE
        ? { sort: search.sort, tier: last.tier, value: last.value, id: last.id }
        : null,
  }
}

type Tier = { tier: number; has: RecipeCondition[] }

/** What the words ask, best matches first where the search is by relevance; from the keyset's tier on. */
function tiersOf({ sort, after }: RecipeSearch, words: readonly ResolvedWord[]): Tier[] {
  if (sort !== 'relevance' || words.length === 0) return [{ tier: 0, has: hasWords(words) }]
  return [hasTitle(words), hasWordsAround(words), hasWordsBeside(words)].flatMap((condition, tier) =>
    condition && tier >= (after?.tier ?? 0) ? [{ tier, has: [condition] }] : [],
  )
}

/**
 * The first matches after the keyset. Common ones are met soon when walking an index in the order asked for, rare ones
 * are gathered through the indexes of what makes them rare and sorted; which of the two a search is depends on how its
 * parts go together, which no statistics tell. So it walks a bounded stretch first, and gathers only when that did not
 * fill the page: then there are few of them, and the statement never reads much, whatever the planner believes.
 */
async function readTier(
  db: Db,
  search: RecipeSearch,
  conditions: readonly RecipeCondition[],
  { limit, reach, costs }: { limit: number; reach: number; costs: boolean },
): Promise<Row[]> {
  const { key, value, descending, after } = RECIPE_ORDERS[search.sort]
  const direction = sql.raw(descending ? 'desc' : 'asc')
  const begin = search.after ? after(search.after) : sql`true`
  const stretches = recipeStretches(search)
  const walks = stretches.map(
    (stretch) => sql`(
      select id, ${key} as place from (
        select * from recipes r where ${stretch} and ${begin}
        order by ${key} ${direction}, id ${direction} limit ${sql.raw(String(reach))}
      ) r
      where ${allOf(conditions.map((condition) => condition.sql))}
      order by ${key} ${direction}, id ${direction}
      limit ${limit}
    )`,
  )
  const full = sql`(select count(*) from walked) = ${limit * stretches.length}`
  const rows = await db.execute<Row>(sql`
    with walked as materialized (${sql.join(walks, sql` union all `)}),
    gathered as materialized (
      select id, ${key} as place from recipes r
      where ${allOf(conditions.map((condition) => condition.indexed ?? condition.sql))} and ${begin}
    ), page as (
      select id, place from walked where ${full}
      union all
      select id, place from gathered where not ${full}
      order by place ${direction}, id ${direction}
      limit ${limit}
    )${costs ? sql`, ${portionCosts}` : sql``}
    select r.id, r.name as title, r.cuisine, (array['easy', 'medium', 'hard'])[r.difficulty] as difficulty,
      r.prep_time as "prepMinutes", c.id as "chefId", c.name as chef, c.experience_years as "chefExperience",
      ${costs ? sql`portion.cost` : sql`null`} as cost, ${value} as value
    from page
    join recipes r using (id)
    join chefs c on c.id = r.chef_id
    ${costs ? sql`left join portion on portion.recipe_id = r.id` : sql``}
    order by place ${direction}, id ${direction}`)
  return [...rows]
}

/** Of the rows of one page: a stored figure would be stale whenever a supplier changes a price. */
const portionCosts = sql`portion as (
  select l.recipe_id, round(sum(l.quantity * i.unit_price))::int as cost
  from page
  join recipe_ingredients l on l.recipe_id = page.id
  join ingredients i on i.id = l.ingredient_id
  group by l.recipe_id
)`
