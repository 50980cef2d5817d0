import { type SQL, sql } from 'drizzle-orm'
import type { RecipeSearch } from '@/domain/recipe-search'
import { allOf, type RecipeCondition, type RecipeTerms, recipeConditions } from './recipe-conditions'
import { RECIPE_ORDERS, recipeStretches } from './recipe-order'
import { hasTitle, hasWords, hasWordsAround, hasWordsBeside, tierOf } from './recipe-word-conditions'
import type { ResolvedWord } from './recipe-words'

/** Matches that are as good: 0 is best. Only a search by relevance has more than one. */
type Tier = { tier: number; has: RecipeCondition[] }

/** A bounded stretch of an index in the order of the search, from the same place on for all of its tiers. */
type Walk = { name: SQL; begin: SQL; tiers: readonly Tier[] }

/**
 * Common table expressions of which the last, `page (id, place, tier)`, holds the first `limit` matches after the
 * search's keyset: the best tier first, and within one by `place`, what the search orders by.
 *
 * Common matches are met soon when walking an index in the order asked for, rare ones are gathered through the indexes of
 * what makes them rare and sorted; which of the two a search is depends on how its parts go together, which no statistics
 * tell. So it walks a bounded stretch first, and gathers a tier only when that did not show enough of it: then there are
 * few of them, and the statement never reads much, whatever the planner believes. Tiers share their walk, and what the
 * better ones made needless is never run.
 */
export function pageOfRecipes(terms: RecipeTerms, limit: number): SQL {
  const { search } = terms
  const conditions = recipeConditions(terms)
  const walks = walksOf(terms)
  const tables: SQL[] = []
  const found: SQL[] = []
  for (const walk of walks) {
    tables.push(walked(terms, walk, conditions, limit))
    for (const tier of walk.tiers) {
      tables.push(
        wayTo(tier, walk, found, recipeStretches(search).length, limit),
        matches(tier, walk, search, conditions),
      )
      found.push(table('tier', tier.tier))
    }
  }
  const all = sql.join(
    found.map((tier) => sql`select id, place, tier from ${tier}`),
    sql` union all `,
  )
  return sql`${sql.join(tables, sql`, `)}, page as (
    ${all} order by tier, ${inOrder(search, sql`place`)} limit ${sql.raw(String(limit))}
  )`
}

const table = (kind: 'walk' | 'way' | 'tier', number: number) => sql.raw(`${kind}_${number}`)

function inOrder({ sort }: RecipeSearch, place: SQL): SQL {
  const direction = sql.raw(RECIPE_ORDERS[sort].descending ? 'desc' : 'asc')
  return sql`${place} ${direction}, id ${direction}`
}

/** A keyset stands in one tier; the tiers after that one begin at the beginning, and so need a walk of their own. */
function walksOf({ search, words }: RecipeTerms): Walk[] {
  const tiers = tiersOf(search, words)
  const everything = sql`true`
  if (!search.after) return [{ name: table('walk', 0), begin: everything, tiers }]
  const begin = RECIPE_ORDERS[search.sort].after(search.after)
  const [first, ...later] = tiers
  return [
    { name: table('walk', 0), begin, tiers: first ? [first] : [] },
    ...(later.length ? [{ name: table('walk', 1), begin: everything, tiers: later }] : []),
  ]
}

/** What the words ask, best matches first where the search is by relevance; from the keyset's tier on. */
function tiersOf({ sort, after }: RecipeSearch, words: readonly ResolvedWord[]): Tier[] {
  if (sort !== 'relevance' || words.length === 0) return [{ tier: 0, has: hasWords(words) }]
  return [hasTitle(words), hasWordsAround(words), hasWordsBeside(words)].flatMap((condition, tier) => {
    if (tier < (after?.tier ?? 0)) return []
    if (condition) return [{ tier, has: [condition] }]
    // An address may begin a page in a tier that its words can't have.
    return tier === after?.tier ? [{ tier, has: [NOTHING] }] : []
  })
}

const NOTHING: RecipeCondition = { facet: null, narrow: true, sql: sql`false` }

/** The matches on a walk. For one tier it ends when it has enough; several are told apart on the way. */
function walked(terms: RecipeTerms, walk: Walk, conditions: readonly RecipeCondition[], limit: number): SQL {
  const { search, words } = terms
  const [only, ...others] = walk.tiers
  const single = only && others.length === 0 ? only : null
  const has = [...conditions, ...(single ? single.has : hasWords(words))].map((condition) => condition.sql)
  const { key } = RECIPE_ORDERS[search.sort]
  const order = inOrder(search, key)
  const ofStretches = recipeStretches(search).map(
    (stretch, number) => sql`(
      select id, ${key} as place, ${single ? sql.raw(String(single.tier)) : tierOf(words)} as tier,
        ${sql.raw(String(number))} as stretch
      from (
        select * from recipes r where ${stretch} and ${walk.begin}
        order by ${order} limit ${sql.raw(String(reach(terms, [...conditions, ...(only?.has ?? [])])))}
      ) r
      where ${allOf(has)}
      ${single ? sql`order by ${order} limit ${sql.raw(String(limit))}` : sql``}
    )`,
  )
  return sql`${walk.name} as materialized (${sql.join(ofStretches, sql` union all `)})`
}

/** How far to walk by cuisine, difficulty and time alone: one in a hundred fills a page, also where titles bunch them. */
const WALK = 4096
/** How far to walk where nothing but the lack of ingredients makes recipes rare: no index gathers those. */
const LONG_WALK = 10_000

/**
 * Rows of an index to walk before giving up. Matches of which there is one among n recipes cost a page of n times 20 rows
 * by walking and one nth of the book by gathering; where these are the same it gives up. A power of two, so that a book
 * that grows seldom changes the statement.
 */
function reach({ recipes, forbidden }: RecipeTerms, conditions: readonly RecipeCondition[]): number {
  if (recipes === null || !conditions.some(({ narrow }) => narrow)) return forbidden.length ? LONG_WALK : WALK
  return 2 ** Math.min(12, Math.max(9, Math.round(Math.log2(20 * recipes) / 2)))
}

/** How to come by a tier: not at all after better tiers that fill the page, else by its walk if that shows enough. */
function wayTo({ tier }: Tier, walk: Walk, better: readonly SQL[], stretches: number, limit: number): SQL {
  const most = sql`${limit}::int`
  const before = sql.join([sql`0`, ...better.map((name) => sql`(select count(*) from ${name})`)], sql` + `)
  // Beyond where its first stretch ends, a walk over two knows but one of them.
  const shown = Array.from(
    { length: stretches },
    (_, stretch) => sql`(select count(*) from ${walk.name}
      where tier = ${sql.raw(String(tier))} and stretch = ${sql.raw(String(stretch))})`,
  )
  return sql`${table('way', tier)} as materialized (
    select case when ${before} >= ${most} then 'none'
      when least(${sql.join(shown, sql`, `)}) + ${before} >= ${most} then 'walk' else 'gather' end as way
  )`
}

function matches(
  { tier, has }: Tier,
  walk: Walk,
  { sort }: RecipeSearch,
  conditions: readonly RecipeCondition[],
): SQL {
  const way = sql`(select way from ${table('way', tier)})`
  const number = sql.raw(String(tier))
  const indexed = [...conditions, ...has].map((condition) => condition.indexed ?? condition.sql)
  return sql`${table('tier', tier)} as materialized (
    select id, place, tier from ${walk.name} where tier = ${number} and ${way} = 'walk'
    union all
    select id, ${RECIPE_ORDERS[sort].key}, ${number} from recipes r
    where ${allOf(indexed)} and ${walk.begin} and ${way} = 'gather'
  )`
}
