import type { DietBreach } from '@/domain/diet'
import { NO_ANIMAL } from '@/domain/ingredient'
import type { AnimalSource, Diet } from '@/domain/vocabulary'

/** As guests read it. "No gluten" and not "gluten-free": that word the law keeps for kitchens that measure it. */
export const DIET_WORDS: Readonly<Record<Diet, string>> = {
  vegan: 'Vegan',
  vegetarian: 'Vegetarian',
  pescatarian: 'Pescatarian',
  gluten_free: 'No gluten',
  dairy_free: 'No dairy',
  nut_free: 'No nuts',
}

/** As menus abbreviate them, where there is room for letters only. */
export const DIET_LETTERS: Readonly<Record<Diet, string>> = {
  vegan: 'VG',
  vegetarian: 'V',
  pescatarian: 'P',
  gluten_free: 'GF',
  dairy_free: 'DF',
  nut_free: 'NF',
}

export const ANIMAL_SOURCE_WORDS: Readonly<Record<AnimalSource | typeof NO_ANIMAL, string>> = {
  [NO_ANIMAL]: 'nothing',
  meat: 'meat, stock, lard or gelatine',
  fish: 'fish or seafood',
  rennet: 'animal rennet',
  dairy: 'dairy',
  egg: 'egg',
  honey: 'honey',
}

/** After the name of the ingredient that breaks a diet. */
export const breachWords = (by: DietBreach): string => {
  if (by === 'unknown') return 'not known'
  if (by === 'meat') return 'meat'
  return by in ANIMAL_SOURCE_WORDS ? ANIMAL_SOURCE_WORDS[by as AnimalSource] : by
}
