import type { MoneyFormat } from '@/app/_ui/money'
import type { FoundRecipe } from '@/db/queries/recipe-search'
import { tellingDiets } from '@/domain/diet'
import { formatMoney } from '@/domain/money'

/** One recipe of the list, with every figure written for the reader. */
export type RecipeLine = Pick<FoundRecipe, 'id' | 'title' | 'cuisine' | 'difficulty' | 'chef' | 'diets'> & {
  /** Minutes. */
  prep: number
  /** How long the chef has been one. */
  years: string
  /** Of a portion; null where it is not known. */
  cost: string | null
}

/** The recipes of a page as they are read. */
export const recipeLines = (rows: readonly FoundRecipe[], { currency, locale }: MoneyFormat): RecipeLine[] =>
  rows.map(({ id, title, cuisine, difficulty, prepMinutes, chef, chefExperience, diets, cost }) => ({
    id,
    title,
    cuisine,
    difficulty,
    prep: prepMinutes,
    chef,
    years: `${chefExperience} ${chefExperience === 1 ? 'year' : 'years'}`,
    diets: tellingDiets(diets),
    cost: cost === null ? null : formatMoney(cost, currency, locale),
  }))
