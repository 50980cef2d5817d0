import type { StockedIngredient } from '@/db/queries/stocked-ingredients'

/** More than any kitchen keeps. */
export const MOST_INGREDIENTS = 2000

/** The name of the ingredient that an address asks for, or nothing. */
export const chosenName = (
  ingredients: readonly StockedIngredient[],
  given: string | string[] | undefined,
): string => ingredients.find(({ ingredientId }) => String(ingredientId) === given)?.name ?? ''
