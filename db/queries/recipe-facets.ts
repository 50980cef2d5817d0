import { type SQL, sql } from 'drizzle-orm'
import { DIFFICULTIES, type Difficulty } from '@/domain/recipe'
import { QUICK_MINUTES, type RecipeSearch } from '@/domain/recipe-search'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'
import {
  allOf,
  forbiddenIngredients,
  type RecipeFilter,
  recipeConditions,
} from '../fragments/recipe-conditions'
import { hasWords } from '../fragments/recipe-word-conditions'
import { resolveWords } from '../fragments/recipe-words'

export type RecipeFacets = {
  /** Recipes that the whole search finds. */
  total: number
  /** Each counted under all other parts of the search, so that a count says what choosing it would find. */
  cuisines: { cuisine: string; recipes: number }[]
  difficulties: { difficulty: Difficulty; recipes: number }[]
  /** Under 30 minutes. */
  quick: number
  /** The counts are estimates from a sample, to two digits: the page says "about". */
  about: boolean
}

/** Up to so many matches are read and counted; of more, a sample is. */
const MOST_COUNTED = 10_000
/** 8 kB pages of the table in a sample, some ten thousand recipes. A smaller book is always read whole. */
const SAMPLE_PAGES = 200

type Cell = { cuisine: string; difficulty: number; quick: boolean; inTime: boolean; recipes: number }

/**
 * How many recipes a search finds, and how many each choice of cuisine, difficulty and "quick" would find. Exact where
 * nothing but these is asked, from the tallies, and where few recipes meet the other parts; else from a sample.
 */
export async function countRecipes(db: Db, _scope: ChainScope, filter: RecipeFilter): Promise<RecipeFacets> {
  const words = await resolveWords(db, filter.search.words)
  const forbidden = await forbiddenIngredients(db, filter)
  const others = [
    ...recipeConditions(filter.search, forbidden).filter(({ facet }) => facet === null),
    ...hasWords(words),
  ]
  const group = sql`cuisine, difficulty, prep_time < ${sql.raw(String(QUICK_MINUTES))} as quick,
    ${filter.search.maxPrepMinutes === null ? sql`true` : sql`prep_time <= ${filter.search.maxPrepMinutes}::int`} as "inTime"`
  if (others.length === 0) {
    const cells = await db.execute<Cell>(sql`
      select ${group}, sum(recipes)::int as recipes from recipe_tallies group by 1, 2, 3, 4 having sum(recipes) > 0`)
    return facetsOf(filter.search, cells, false)
  }
  const counted = await countMatches(
    db,
    group,
    allOf(others.map((condition) => condition.sql)),
    others.every(({ unindexed }) => unindexed)
      ? null
      : allOf(others.map((condition) => condition.indexed ?? condition.sql)),
  )
  return facetsOf(filter.search, counted, counted[0]?.about ?? false)
}

/**
 * Looks at a sample of the table, the same one each time, and only if that has few matches gathers all of them by index,
 * where one finds them. The sample of a small table is the table.
 */
async function countMatches(
  db: Db,
  group: SQL,
  conditions: SQL,
  indexed: SQL | null,
): Promise<(Cell & { about: boolean })[]> {
  const rows = await db.execute<Cell & { about: boolean }>(sql`
    with share as materialized (
      select least(1, ${SAMPLE_PAGES}::float8 / greatest(pg_relation_size('recipes') / 8192, 1)) as of_book
    ), sample as materialized (
      select ${group}, count(*) as recipes
      from recipes r tablesample system ((select 100 * of_book from share)) repeatable (1)
      where ${conditions}
      group by 1, 2, 3, 4
    ), verdict as materialized (
      select of_book < 1 as in_part, ${indexed === null} or coalesce(sum(recipes), 0) > ${MOST_COUNTED} * of_book as many
      from share left join sample on true
      group by of_book
    ), gathered as materialized (
      select ${group}, count(*) as recipes from recipes r where ${indexed ?? sql`false`} group by 1, 2, 3, 4
    )
    select sample.cuisine, sample.difficulty, sample.quick, sample."inTime",
      round(sample.recipes / of_book)::int as recipes, in_part as about
    from sample, share, verdict
    where (select many or not in_part from verdict)
    union all
    select cuisine, difficulty, quick, "inTime", recipes::int, false
    from gathered
    where (select not many and in_part from verdict)`)
  return [...rows]
}

function facetsOf(search: RecipeSearch, cells: readonly Cell[], about: boolean): RecipeFacets {
  const { cuisines, difficulties } = search
  const ofCuisine = ({ cuisine }: Cell) => cuisines.length === 0 || cuisines.includes(cuisine)
  const ofDifficulty = (cell: Cell) => difficulties.length === 0 || difficulties.includes(difficultyOf(cell))
  const count = (matches: (cell: Cell) => boolean) => {
    const sum = cells.reduce((total, cell) => (matches(cell) ? total + cell.recipes : total), 0)
    return about ? Number(sum.toPrecision(2)) : sum
  }
  return {
    total: count((cell) => ofCuisine(cell) && ofDifficulty(cell) && cell.inTime),
    cuisines: [...new Set([...cuisines, ...cells.map(({ cuisine }) => cuisine)])]
      .map((cuisine) => ({
        cuisine,
        recipes: count((cell) => cell.cuisine === cuisine && ofDifficulty(cell) && cell.inTime),
      }))
      .filter(({ cuisine, recipes }) => recipes > 0 || cuisines.includes(cuisine))
      .sort((a, b) => b.recipes - a.recipes || (a.cuisine < b.cuisine ? -1 : 1)),
    difficulties: DIFFICULTIES.map((difficulty) => ({
      difficulty,
      recipes: count((cell) => difficultyOf(cell) === difficulty && ofCuisine(cell) && cell.inTime),
    })),
    quick: count((cell) => cell.quick && ofCuisine(cell) && ofDifficulty(cell)),
    about,
  }
}

function difficultyOf({ difficulty }: Cell): Difficulty {
  const name = DIFFICULTIES[difficulty - 1]
  if (!name) throw new RangeError(`No difficulty ${difficulty}: the table's check allows 1 to 3.`)
  return name
}
