import { type SQL, sql } from 'drizzle-orm'
import { DIFFICULTIES, type Difficulty } from '@/domain/recipe'
import { QUICK_MINUTES, type RecipeSearch } from '@/domain/recipe-search'
import type { ChainScope } from '@/domain/scope'
import { DIETS, type Diet } from '@/domain/vocabulary'
import type { Db } from '../client'
import {
  allOf,
  type RecipeCondition,
  type RecipeTerms,
  recipeConditions,
} from '../fragments/recipe-conditions'
import { hasWords } from '../fragments/recipe-word-conditions'

export type RecipeFacets = {
  /** Recipes that the whole search finds. */
  total: number
  /** Each counted under all other parts of the search, so that a count says what choosing it would find. */
  cuisines: { cuisine: string; recipes: number }[]
  difficulties: { difficulty: Difficulty; recipes: number }[]
  /** Under 30 minutes. */
  quick: number
  /** What goes with each diet besides the chosen ones. */
  diets: { diet: Diet; recipes: number }[]
  /** Those of the diets are estimates; of all recipes they are, where the other counts are not. */
  aboutDiets: boolean
  /** The counts are estimates from a sample, to the digits that it can tell: the page says "about". */
  about: boolean
  /** The moment whose recipes all of these counts are of. */
  asOf: Date
}

/** Up to so many matches are read and counted, more where a sample shows too few to tell. */
const MOST_COUNTED = 2500
/** 8 kB pages of the table in a sample, some three thousand recipes. A smaller book is always read whole. */
const SAMPLE_PAGES = 80
/** Fewer matches in a sample than these say little: the count of n has an error of about the root of n. */
const FEWEST_SHOWN = 25

type Cell = {
  cuisine: string
  difficulty: number
  quick: boolean
  inTime: boolean
  recipes: number
  /** Of these the recipes that go with each diet, in the order of `DIETS`. Not in the tallies. */
  diets?: number[]
  /** Recipes of a sample from which the others were reckoned, and its diets. */
  shown?: number
  shownDiets?: number[]
}

/** `sampled`: cells with diets, where `cells` have none. */
type Counted = { cells: Cell[]; sampled?: Cell[]; about: boolean; aboutDiets: boolean; asOf: string }

/**
 * How many recipes a search finds, and how many each choice of cuisine, difficulty, "quick" and diet would find. Exact where
 * nothing but the first three is asked, from the tallies, which know no diets, and where few recipes meet the other
 * parts; else from a sample. One
 * statement, so that all counts are of one snapshot and agree with each other whatever is written meanwhile; the list
 * beside them is of its own, a moment apart, and `asOf` says which moment the counts are of.
 */
export async function countRecipes(db: Db, _scope: ChainScope, terms: RecipeTerms): Promise<RecipeFacets> {
  const { search } = terms
  const others = [...recipeConditions(terms).filter(({ facet }) => facet === null), ...hasWords(terms.words)]
  const group = sql`cuisine, difficulty, prep_time < ${sql.raw(String(QUICK_MINUTES))} as quick,
    ${search.maxPrepMinutes === null ? sql`true` : sql`prep_time <= ${search.maxPrepMinutes}::int`} as "inTime"`
  const statement = others.length === 0 ? countTallies(group) : countMatches(group, others)
  const [counted] = await db.execute<Counted>(statement)
  if (!counted) throw new Error('An aggregate returned no row.')
  return facetsOf(search, counted)
}

const jsonOf = (cells: string) =>
  sql`coalesce((select jsonb_agg(to_jsonb(cell)) from ${sql.raw(cells)} cell), '[]')`
const asOf = sql`statement_timestamp() as "asOf"`

const DIET_COUNTS = sql.raw(
  `array[${DIETS.map((diet) => `count(*) filter (where '${diet}' = any(dietary_restrictions))`).join(', ')}]`,
)

/** The same part of the table each time; the whole of a small one. */
const share = sql`share as materialized (
  select least(1, ${SAMPLE_PAGES}::float8 / greatest(pg_relation_size('recipes') / 8192, 1)) as of_book
)`
const sampled = sql`recipes r tablesample system ((select 100 * of_book from share)) repeatable (1)`
/** How many pages a sample holds is chance too, so that its rows, `looked`, are counted. */
const timesOf = (looked: SQL): SQL => sql`book as materialized (
  select case when of_book = 1 then 1 else greatest(reltuples, looked) / greatest(looked, 1) end as times
  from share, pg_class, (${looked}) looks
  where oid = 'recipes'::regclass
)`
const scaledDiets = sql`array(select count * times from unnest(diets) with ordinality as d (count, n), book order by n)`

const countTallies = (group: SQL): SQL => sql`
  with tallied as (
    select ${group}, sum(recipes) as recipes from recipe_tallies group by 1, 2, 3, 4 having sum(recipes) > 0
  ), ${share}, sample as materialized (
    select ${group}, count(*) as shown, ${DIET_COUNTS} as diets from ${sampled} group by 1, 2, 3, 4
  ), ${timesOf(sql`select coalesce(sum(shown), 0) as looked from sample`)}, scaled as (
    select cuisine, difficulty, quick, "inTime", 0 as recipes, ${scaledDiets} as diets, diets as "shownDiets" from sample
  )
  select ${jsonOf('tallied')} as cells, ${jsonOf('scaled')} as sampled, false as about,
    (select of_book < 1 from share) as "aboutDiets", ${asOf}`

/**
 * Looks at a sample of the table, the same one each time, and only if that has few matches gathers all of them by index,
 * where one finds them. The sample of a small table is the table.
 */
function countMatches(group: SQL, conditions: readonly RecipeCondition[]): SQL {
  const isIndexed = conditions.some(({ narrow }) => narrow)
  const indexed = isIndexed
    ? allOf(conditions.map((condition) => condition.indexed ?? condition.sql))
    : sql`false`
  return sql`
    with ${share}, sample as materialized (
      select ${group}, count(*) as shown, ${DIET_COUNTS} as diets from ${sampled}
      where ${allOf(conditions.map((condition) => condition.sql))} group by 1, 2, 3, 4
    ), verdict as materialized (
      select case when of_book = 1 then 'whole'
        when ${isIndexed} and shown <= greatest(${FEWEST_SHOWN}::float8, ${MOST_COUNTED} * of_book) then 'gathered'
        else 'about' end as way
      from share, (select coalesce(sum(shown), 0) as shown from sample) matches
    ), ${timesOf(sql`select count(*) as looked from ${sampled}`)}, found as (
      select cuisine, difficulty, quick, "inTime", shown, diets as "shownDiets", shown * times as recipes,
        ${scaledDiets} as diets
      from sample, book
      where (select way from verdict) <> 'gathered'
      union all
      select ${group}, null, null, count(*), ${DIET_COUNTS} from recipes r
      where ${indexed} and (select way from verdict) = 'gathered' group by 1, 2, 3, 4
    )
    select ${jsonOf('found')} as cells, (select way from verdict) = 'about' as about,
      (select way from verdict) = 'about' as "aboutDiets", ${asOf}`
}

function facetsOf(
  search: RecipeSearch,
  { cells, sampled = cells, about, aboutDiets, asOf }: Counted,
): RecipeFacets {
  const { cuisines, difficulties } = search
  const ofCuisine = ({ cuisine }: Cell) => cuisines.length === 0 || cuisines.includes(cuisine)
  const ofDifficulty = (cell: Cell) => difficulties.length === 0 || difficulties.includes(difficultyOf(cell))
  const sumOf = (some: readonly Cell[], figure: (cell: Cell) => number) =>
    some.reduce((sum, cell) => sum + figure(cell), 0)
  const count = (matches: (cell: Cell) => boolean) => {
    const some = cells.filter(matches)
    const recipes = sumOf(some, (cell) => cell.recipes)
    if (!about) return recipes
    return rounded(
      recipes,
      sumOf(some, ({ shown }) => shown ?? 0),
    )
  }
  const countDiet = (place: number) => {
    const some = sampled.filter((cell) => ofCuisine(cell) && ofDifficulty(cell) && cell.inTime)
    const recipes = sumOf(some, ({ diets }) => diets?.[place] ?? 0)
    if (!aboutDiets) return recipes
    return rounded(
      recipes,
      sumOf(some, ({ shownDiets }) => shownDiets?.[place] ?? 0),
    )
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
    diets: DIETS.map((diet, place) => ({ diet, recipes: countDiet(place) })),
    about,
    aboutDiets,
    asOf: new Date(asOf),
  }
}

/** To two digits if a hundred recipes of the sample tell, and the error is some ten per cent; else to one. */
const rounded = (recipes: number, shown: number): number =>
  Math.round(Number(recipes.toPrecision(shown < 100 ? 1 : 2)))

function difficultyOf({ difficulty }: Cell): Difficulty {
  const name = DIFFICULTIES[difficulty - 1]
  if (!name) throw new RangeError(`No difficulty ${difficulty}: the table's check allows 1 to 3.`)
  return name
}
