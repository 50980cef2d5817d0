import { type SQL, sql } from 'drizzle-orm'
import type { RecipeKeyset, RecipeSearch, RecipeSort } from '@/domain/recipe-search'
import { difficultyLevel } from './recipe-conditions'

/** How a sort orders recipes `r`, by an index. */
export type RecipeOrder = {
  /** The index's first column. */
  key: SQL
  /** The key, called `place`, as a keyset carries it. */
  value: SQL
  /** Of the key and of the id after it. */
  descending: boolean
  /** What comes after a keyset in this order. */
  after: (keyset: RecipeKeyset) => SQL
}

const quickestFirst: RecipeOrder = {
  key: sql.raw('prep_time'),
  value: sql.raw('place::text'),
  descending: false,
  after: ({ value, id }) => sql`(r.prep_time, r.id) > (${value}::int, ${id}::int)`,
}

export const RECIPE_ORDERS: Record<RecipeSort, RecipeOrder> = {
  prep: quickestFirst,
  relevance: quickestFirst,
  newest: {
    key: sql.raw('created_at'),
    value: sql.raw('(extract(epoch from place) * 1000000)::bigint::text'),
    descending: true,
    after: ({ value, id }) =>
      sql`(r.created_at, r.id) < (timestamptz 'epoch' + ${value}::bigint * interval '1 microsecond', ${id}::int)`,
  },
  title: {
    key: sql.raw('title'),
    value: sql.raw('place'),
    descending: false,
    after: ({ value, id }) => sql`(r.title, r.id) > (${value}::text, ${id}::int)`,
  },
}

/**
 * The stretches of an index that hold all matches in the order of the search. Difficulty goes with prep time, so that
 * passing over the easy ones to the first hard one would be half of the book; and one cuisine has a stretch of its own.
 */
export function recipeStretches({ sort, difficulties, cuisines, maxPrepMinutes }: RecipeSearch): SQL[] {
  if (sort !== 'prep' && sort !== 'relevance') return [sql`true`]
  const inTime = maxPrepMinutes === null ? sql`true` : sql`r.prep_time <= ${maxPrepMinutes}::int`
  if (difficulties.length === 1 || difficulties.length === 2)
    return difficulties.map(
      (difficulty) => sql`r.difficulty = ${difficultyLevel(difficulty)}::int and ${inTime}`,
    )
  return cuisines.length === 1 ? [sql`r.cuisine = ${cuisines[0]} and ${inTime}`] : [inTime]
}
