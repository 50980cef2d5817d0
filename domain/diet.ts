import { type Allergen, type AnimalSource, DIETS, type Diet } from './vocabulary'

/** What an ingredient is, as far as diets ask. */
export type Makeup = {
  allergens: readonly Allergen[]
  /** What of it comes from animals; empty: nothing does. Null: nobody has said yet. */
  animalSources: readonly AnimalSource[] | null
}

type Exclusion = { sources: readonly AnimalSource[]; allergens: readonly Allergen[] }

/**
 * What each diet leaves out. Sources and allergens are asked both, so that an ingredient whose record says the one and
 * forgot the other never passes.
 */
export const EXCLUSIONS: Readonly<Record<Diet, Exclusion>> = {
  vegan: {
    sources: ['meat', 'fish', 'rennet', 'dairy', 'egg', 'honey'],
    allergens: ['crustaceans', 'eggs', 'fish', 'milk', 'molluscs'],
  },
  vegetarian: { sources: ['meat', 'fish', 'rennet'], allergens: ['crustaceans', 'fish', 'molluscs'] },
  pescatarian: { sources: ['meat', 'rennet'], allergens: [] },
  gluten_free: { sources: [], allergens: ['gluten'] },
  dairy_free: { sources: ['dairy'], allergens: ['milk'] },
  nut_free: { sources: [], allergens: ['nuts', 'peanuts'] },
}

/** Why an ingredient breaks a diet; `unknown`: nobody has said what it is. */
export type DietBreach = 'unknown' | AnimalSource | Allergen

/** Null when it goes with the diet. An ingredient that nobody has described goes with none. */
export function breachOf(diet: Diet, { allergens, animalSources }: Makeup): DietBreach | null {
  if (animalSources === null) return 'unknown'
  const { sources, allergens: excluded } = EXCLUSIONS[diet]
  return (
    sources.find((source) => animalSources.includes(source)) ??
    excluded.find((allergen) => allergens.includes(allergen)) ??
    null
  )
}

/** One diet and the ingredients that break it, in the card's order; `fits` when there are none. */
export type DietVerdict<Line> = {
  diet: Diet
  fits: boolean
  broken: { line: Line; by: DietBreach }[]
}

/** What a card says of each diet. A card without lines fits none: nobody knows what is in it. */
export function dietVerdicts<Line extends Makeup>(lines: readonly Line[]): DietVerdict<Line>[] {
  return DIETS.map((diet) => {
    const broken = lines.flatMap((line) => {
      const by = breachOf(diet, line)
      return by === null ? [] : [{ line, by }]
    })
    return { diet, fits: lines.length > 0 && broken.length === 0, broken }
  })
}

/** The diets that a card goes with, in the order of `DIETS`. */
export const dietsOf = (lines: readonly Makeup[]): Diet[] =>
  dietVerdicts(lines).flatMap(({ diet, fits }) => (fits ? [diet] : []))

/** Those that say more than the others do: who reads "vegan" needs no "vegetarian". */
export function tellingDiets(diets: readonly Diet[]): Diet[] {
  const implied = diets.flatMap((diet) => IMPLIED[diet] ?? [])
  return DIETS.filter((diet) => diets.includes(diet) && !implied.includes(diet))
}

const IMPLIED: Partial<Record<Diet, readonly Diet[]>> = {
  vegan: ['vegetarian', 'pescatarian', 'dairy_free'],
  vegetarian: ['pescatarian'],
}
