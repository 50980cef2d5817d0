import { type SQL, sql } from 'drizzle-orm'
import type { Difficulty } from '@/domain/recipe'
import type { ChainScope } from '@/domain/scope'
import {
  type Cover,
  countScouted,
  countTaken,
  pairCovers,
  SHARED_AT_LEAST,
  STAPLE_SHARE,
  singleCover,
  type WeighedIngredient,
  weightOf,
} from '@/domain/similar-recipes'
import type { Db } from '../client'

type SharedIngredient = {
  ingredientId: number
  name: string
  /** What sharing it counts: the rarer, the more. */
  weight: number
  /** On a tenth of all cards or more. */
  staple: boolean
}

export type SimilarRecipe = {
  id: number
  title: string
  cuisine: string
  difficulty: Difficulty
  prepMinutes: number
  chef: string
  /** Sum of the weights of the shared ingredients. */
  score: number
  /** The same as a part of what the whole card weighs: from 0 (shares nothing) to 1 (has all of it). */
  match: number
  /** At least three, the rarest first. */
  shared: SharedIngredient[]
}

/** Recipes of which the best are likely to come near the score that it takes. */
const SCOUTED = 300

/**
 * The recipes that share at least three ingredients with this one, at most `limit`, the highest sum of weights first and
 * among equals the lowest id. The weight of an ingredient on n of N cards is ln((N − n + 0.5) / (n + 0.5) + 1), the
 * inverse document frequency of BM25 (Robertson and Spärck Jones 1976; the "+ 1" that keeps it above 0 is Lucene's):
 * sharing saffron says more than sharing salt. n and N are those of the last rollup. Empty for a recipe that there is not.
 *
 * Exact, though it looks at few recipes. Those that share two of the rarest ingredients tell which score the list takes
 * about; then it reads all others that could reach that, and no more (see domain/similar-recipes.ts). Three queries at most.
 */
export async function listSimilarRecipes(
  db: Db,
  _scope: ChainScope,
  { recipeId, limit }: { recipeId: number; limit: number },
): Promise<SimilarRecipe[]> {
  const card = await weighCard(db, recipeId)
  if (card.length < SHARED_AT_LEAST) return []
  const best = await findBest(db, recipeId, card, limit)
  return best.map(({ ingredientIds, ...recipe }) => ({
    ...recipe,
    match: recipe.score / weightOf(card),
    shared: card.filter(({ id }) => ingredientIds.includes(id)).map(describe),
  }))
}

const describe = ({ id, name, weight, share }: CardIngredient): SharedIngredient => ({
  ingredientId: id,
  name,
  weight,
  staple: share >= STAPLE_SHARE,
})

type CardIngredient = WeighedIngredient & { name: string; ofRecipes: number }

/** The recipe's ingredients, the heaviest first. */
async function weighCard(db: Db, recipeId: number): Promise<CardIngredient[]> {
  const rows = await db.execute<CardIngredient>(sql`
    select i.id, i.name, n / greatest(book.recipes, 1)::float8 as share, book.recipes as "ofRecipes",
      ln((book.recipes - n + 0.5::float8) / (n + 0.5::float8) + 1) as weight
    from recipe_ingredients l
    join ingredients i on i.id = l.ingredient_id
    cross join (select coalesce(max(of_recipes), 0) as recipes from ingredient_frequencies) book
    left join ingredient_frequencies f on f.ingredient_id = i.id
    cross join lateral (select least(coalesce(f.recipes, 0), book.recipes) as n) counted
    where l.recipe_id = ${recipeId}
    order by weight desc, i.id`)
  return [...rows]
}

type Candidate = Omit<SimilarRecipe, 'shared' | 'match'> & { ingredientIds: number[] }

async function findBest(
  db: Db,
  recipeId: number,
  card: readonly CardIngredient[],
  limit: number,
): Promise<Candidate[]> {
  const look = async (covers: readonly Cover[], score: number): Promise<Candidate[]> =>
    covers.length === 0 ? [] : db.execute<Candidate>(bestOf(recipeId, card, covers, score, limit))
  const scouted = Math.min(countScouted(card, card[0]?.ofRecipes ?? 0, SCOUTED), countTaken(card, 0))
  const near = await look(pairCovers(card, 0, scouted), 0)
  const score = near[limit - 1]?.score ?? 0
  const paired = Math.max(scouted, countTaken(card, score))
  const single = singleCover(card, paired, score)
  const others = await look([...pairCovers(card, scouted, paired), ...(single ? [single] : [])], score)
  const known = new Map([...near, ...others].map((recipe) => [recipe.id, recipe]))
  return [...known.values()].sort((a, b) => b.score - a.score || a.id - b.id).slice(0, limit)
}

/** The best of the recipes that meet one of the covers, share enough and reach the score. */
function bestOf(
  recipeId: number,
  card: readonly CardIngredient[],
  covers: readonly Cover[],
  score: number,
  limit: number,
): SQL {
  const candidates = covers.map(
    (lists) =>
      sql`(${sql.join(
        lists.map((ids) => sql`r.ingredient_ids && ${sql.param(ids)}::int[]`),
        sql` and `,
      )})`,
  )
  const has = ({ id }: CardIngredient) => sql`${id}::int = any(r.ingredient_ids)`
  const weights = card.map((line) => sql`case when ${has(line)} then ${line.weight}::float8 else 0 end`)
  const counts = card.map((line) => sql`(${has(line)})::int`)
  return sql`
    select best.id, title, cuisine, (array['easy', 'medium', 'hard'])[difficulty] as difficulty,
      prep_time as "prepMinutes", c.name as chef, ingredient_ids as "ingredientIds", score
    from (
      select * from (
        select r.id, r.title, r.cuisine, r.difficulty, r.prep_time, r.chef_id, r.ingredient_ids,
          ${sql.join(weights, sql` + `)} as score, ${sql.join(counts, sql` + `)} as shared
        from recipes r
        where (${sql.join(candidates, sql` or `)}) and r.id <> ${recipeId}
        offset 0
      ) candidate
      where score >= ${score}::float8 and shared >= ${SHARED_AT_LEAST}::int
      order by score desc, id
      limit ${limit}
    ) best
    join chefs c on c.id = best.chef_id
    order by score desc, best.id`
}
