import { DIET_LETTERS, DIET_WORDS } from '@/app/_ui/diet-words'
import type { RecipeFacets } from '@/db/queries/recipe-facets'
import type { Difficulty } from '@/domain/recipe'
import { QUICK_MINUTES } from '@/domain/recipe-search'
import { type RecipesView, recipesHref } from './search-params'

/** One value of a filter, with how many recipes it would leave, as it is read. */
export type FacetChoice<Value extends string = string> = { value: Value; count: string; checked: boolean }

/** The ways to narrow a search, with every count written for the reader. */
export type FacetChoices = {
  difficulties: FacetChoice<Difficulty>[]
  diets: (FacetChoice & { word: string; letters: string })[]
  /** The most frequent cuisines and those that are chosen. */
  cuisines: FacetChoice[]
  rareCuisines: FacetChoice[]
  /** What takes less than half an hour; pressed again it takes itself off. */
  quick: { href: string; isOn: boolean; minutes: number; count: string }
}

/** Beyond these, the rarer cuisines are folded away. */
const CUISINES_SHOWN = 16

export function facetChoices({ search }: RecipesView, facets: RecipeFacets, locale: string): FacetChoices {
  // Making one costs more than all that it writes.
  const number = new Intl.NumberFormat(locale)
  const isQuick = search.maxPrepMinutes === QUICK_MINUTES - 1
  const gone = search.cuisines
    .filter((name) => !facets.cuisines.some(({ cuisine }) => cuisine === name))
    .map((cuisine) => ({ cuisine, recipes: 0 }))
  const cuisines = [...gone, ...facets.cuisines].map(({ cuisine, recipes }) => ({
    value: cuisine,
    count: number.format(recipes),
    checked: search.cuisines.includes(cuisine),
  }))
  const isShown = ({ checked }: FacetChoice, place: number) => place < CUISINES_SHOWN || checked
  return {
    difficulties: facets.difficulties.map(({ difficulty, recipes }) => ({
      value: difficulty,
      count: number.format(recipes),
      checked: search.difficulties.includes(difficulty),
    })),
    diets: facets.diets.map(({ diet, recipes }) => ({
      value: diet,
      word: DIET_WORDS[diet],
      letters: DIET_LETTERS[diet],
      count: `${facets.aboutDiets && !facets.about && recipes > 0 ? '≈ ' : ''}${number.format(recipes)}`,
      checked: search.diets.includes(diet),
    })),
    cuisines: cuisines.filter(isShown),
    rareCuisines: cuisines.filter((choice, place) => !isShown(choice, place)),
    quick: {
      href: recipesHref(search, { maxPrepMinutes: isQuick ? null : QUICK_MINUTES - 1 }),
      isOn: isQuick,
      minutes: QUICK_MINUTES,
      count: number.format(facets.quick),
    },
  }
}
