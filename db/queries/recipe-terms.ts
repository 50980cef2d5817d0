import { sql } from 'drizzle-orm'
import { type RecipeSearch, searchWords } from '@/domain/recipe-search'
import type { ChainScope, RestaurantScope } from '@/domain/scope'
import type { Db } from '../client'
import type { RecipeTerms } from '../fragments/recipe-conditions'
import { type TypedWord, typedWords } from '../fragments/recipe-words'

/**
 * Looks up what a search speaks of, once for its recipes and for its counts: where its words stand, and which ingredients
 * the restaurant of `stock` is out of (null: any recipe, in stock or not). Where a word stands nowhere, so that nothing
 * can have it, the terms are those of the words that look most like the typed ones, and `instead` says which.
 */
export async function resolveRecipeSearch(
  db: Db,
  _scope: ChainScope,
  { search, stock }: { search: RecipeSearch; stock: RestaurantScope | null },
): Promise<RecipeTerms> {
  const words = searchWords(search.words)
  const isNarrow =
    words.length + search.contains.length + search.diets.length > 0 || search.minChefExperience !== null
  if (!isNarrow && !stock)
    return { search, instead: null, words: [], forbidden: search.excludes, recipes: null }
  const [row] = await db.execute<{ typed: TypedWord[]; missing: number[]; recipes: number }>(sql`
    select ${words.length ? typedWords(words) : sql`'[]'::jsonb`} as typed,
      ${stock ? missingIn(stock) : sql`'{}'::int[]`} as missing,
      (select greatest(reltuples, 0)::int from pg_class where oid = 'recipes'::regclass) as recipes`)
  if (!row) throw new Error('A select without a table returned no row.')
  const resolved = row.typed.map(({ instead, ...typed }) => instead ?? typed)
  const instead = row.typed.some((typed) => typed.instead) ? resolved.map(({ word }) => word).join(' ') : null
  return {
    search: instead === null ? search : { ...search, words: instead },
    instead,
    words: resolved,
    forbidden: [...new Set([...search.excludes, ...row.missing])],
    recipes: row.recipes,
  }
}

/** Few, as long as a restaurant stocks most of what there is. */
const missingIn = (stock: RestaurantScope) => sql`array(
  select i.id from ingredients i
  left join stock_levels s
    on s.restaurant_id = ${stock.restaurant.id} and s.ingredient_id = i.id and s.on_hand > 0
  where s.ingredient_id is null
  order by i.id)`
