/** What makes two recipes similar at all. */
export const SHARED_AT_LEAST = 3
/** An ingredient on a tenth of all cards or more says little about a recipe. */
export const STAPLE_SHARE = 0.1

/** An ingredient of the recipe that others are compared with. */
export type WeighedIngredient = {
  id: number
  /** What sharing it counts; above 0. */
  weight: number
  /** The share of all recipes that have it. */
  share: number
}

/** Lists of ingredient ids; a recipe must have at least one of each list. */
export type Cover = readonly (readonly number[])[]

/** Float sums of the same weights in another order differ in the last digits. */
const ROUNDING = 1e-9

/*
 * Which recipes can share three of a card's ingredients with a sum of weights of `score` or more? The idea is MaxScore's
 * (Turtle and Flood, "Query evaluation: strategies and optimizations", 1995): take the heaviest ingredients one by one
 * until those that are left could not make up the score together, nor be three. A recipe that qualifies has one of the
 * taken. Either it has two or more, or it has one and then nearly all that is left. Both are few, and are found by
 * intersecting the lists of an index. In all of these functions `card` stands by weight, the heaviest first.
 */

/** How many of the heaviest ingredients to take. With a score of 0 it is the rule of three alone. */
export function countTaken(card: readonly WeighedIngredient[], score: number): number {
  let left = weightOf(card)
  for (const [taken, { weight }] of card.entries()) {
    if (card.length - taken < SHARED_AT_LEAST || left < score - ROUNDING) return taken
    left -= weight
  }
  return card.length
}

/** Recipes with two or more of the first `to` ingredients, except those that have two of the first `from` anyway. */
export function pairCovers(card: readonly WeighedIngredient[], from: number, to: number): Cover[] {
  const ids = card.map(({ id }) => id)
  const covers: Cover[] = []
  for (let place = Math.max(from, 1); place < to; place++)
    covers.push([ids.slice(place, place + 1), ids.slice(0, place)])
  return covers
}

/**
 * Recipes with exactly one of the first `paired` ingredients that may still reach the score. What such a recipe has
 * besides stands after them, and it can't miss much of that: of any group that weighs more, it has one.
 */
export function singleCover(card: readonly WeighedIngredient[], paired: number, score: number): Cover | null {
  const taken = card.slice(0, Math.min(countTaken(card, score), paired))
  const rest = card.slice(paired)
  const mayMiss = {
    weight: (card[0]?.weight ?? 0) + weightOf(rest) - score + ROUNDING,
    count: rest.length - (SHARED_AT_LEAST - 1),
  }
  if (taken.length === 0 || mayMiss.weight < 0 || mayMiss.count < 0) return null
  const groups: WeighedIngredient[][] = [[]]
  for (const ingredient of rest) {
    const group = groups.at(-1) ?? []
    group.push(ingredient)
    if (group.length > mayMiss.count || weightOf(group) > mayMiss.weight) groups.push([])
  }
  // The last group weighs too little to be sure of.
  return [taken, ...groups.slice(0, -1)].map((group) => group.map(({ id }) => id))
}

/** How many of the heaviest ingredients to pair so that about `wanted` of `recipes` have two, if chance pairs them. */
export function countScouted(card: readonly WeighedIngredient[], recipes: number, wanted: number): number {
  let before = 0
  let expected = 0
  for (const [place, { share }] of card.entries()) {
    expected += recipes * share * before
    before += share
    if (expected >= wanted) return place + 1
  }
  return card.length
}

/** What all of them count together. */
export const weightOf = (ingredients: readonly WeighedIngredient[]): number =>
  ingredients.reduce((sum, { weight }) => sum + weight, 0)
