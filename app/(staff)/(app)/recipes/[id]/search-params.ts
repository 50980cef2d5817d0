const MOST_PORTIONS = 1000

/** A recipe's id as its URL gives it; null for what can't be one. Nine digits at most, which `integer` holds. */
export const readRecipeId = (text: string): number | null =>
  /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null

/** How many portions the card is for: whatever is malformed, or too many to cook, is one. */
export function readPortions(given: string | string[] | undefined): number {
  const portions = typeof given === 'string' && /^[1-9]\d{0,3}$/.test(given) ? Number(given) : 1
  return portions <= MOST_PORTIONS ? portions : 1
}

export const recipeHref = (id: number, portions = 1): string =>
  portions === 1 ? `/recipes/${id}` : `/recipes/${id}?portions=${portions}`
