import { addQuantities, convertQuantity } from '@/domain/quantity'
import type { RecipeRow, RecipeRowLine } from '@/domain/recipe-row'
import type { Unit } from '@/domain/vocabulary'
import type { KnownIngredient, Named, NewChef, NewIngredient } from './recipe-names'

/** Why a recipe was not taken into the book. */
export type RecipeRefusal =
  /** The book keeps the ingredient in a unit that the line's doesn't convert to. */
  | { reason: 'unit_mismatch'; ingredient: string; unit: Unit; bookUnit: Unit }
  /** In the book's unit the quantity would need more than three decimals. */
  | { reason: 'too_fine'; ingredient: string; quantity: string; unit: Unit; bookUnit: Unit }
  /** Another row of the same file is the same recipe and says something else. */
  | { reason: 'said_otherwise'; row: number }

/** A line in the unit of the book; the ingredient by id, or by its place among the new ones. */
type PlannedLine = { ingredient: KnownIngredient | number; quantity: string; notes: string }

export type PlannedRecipe = { chef: number | { place: number }; lines: PlannedLine[] }

type Line = { ingredient: KnownIngredient | NewIngredient; quantity: string; notes: string }

/**
 * Decides recipe by recipe, in their order, whether its card fits the book's units, and collects whom and what the
 * accepted ones add to it. A name that is new means what its first accepted recipe says, however recipes are batched.
 */
export class RecipePlanner {
  readonly newChefs: NewChef[] = []
  readonly newIngredients: NewIngredient[] = []
  readonly #chefPlaces = new Map<string, number>()
  readonly #ingredientPlaces = new Map<string, number>()

  constructor(
    private readonly chefs: Named<number>,
    private readonly ingredients: Named<KnownIngredient>,
  ) {}

  plan(recipe: RecipeRow): PlannedRecipe | RecipeRefusal {
    const card = new Map<string, Line>()
    for (const line of recipe.lines) {
      const { key, found } = named(this.ingredients, line.name)
      const place = this.#ingredientPlaces.get(key)
      const ingredient = card.get(key)?.ingredient ?? found ?? this.newIngredients[place ?? -1] ?? line
      const refusal = addLine(card, key, ingredient, line)
      if (refusal) return refusal
    }
    const lines = [...card].map(([key, { ingredient, ...rest }]) => ({
      ...rest,
      ingredient: 'id' in ingredient ? ingredient : this.#placeIngredient(key, ingredient),
    }))
    return { chef: this.#placeChef(recipe), lines }
  }

  #placeIngredient(key: string, { name, unit, allergens }: NewIngredient): number {
    const known = this.#ingredientPlaces.get(key)
    if (known !== undefined) return known
    const place = this.newIngredients.push({ name, unit, allergens }) - 1
    this.#ingredientPlaces.set(key, place)
    return place
  }

  #placeChef({ chef, chefExperience }: RecipeRow): number | { place: number } {
    const { key, found } = named(this.chefs, chef)
    if (found !== null) return found
    const known = this.#chefPlaces.get(key)
    if (known !== undefined) return { place: known }
    const place = this.newChefs.push({ name: chef, experienceYears: chefExperience }) - 1
    this.#chefPlaces.set(key, place)
    return { place }
  }
}

/** An ingredient that stands on a card twice becomes one line with both quantities and both notes. */
function addLine(
  card: Map<string, Line>,
  key: string,
  ingredient: KnownIngredient | NewIngredient,
  line: RecipeRowLine,
): RecipeRefusal | null {
  const { name, unit, notes } = line
  const bookUnit = ingredient.unit
  const quantity = convertQuantity(line.quantity, unit, bookUnit)
  if (quantity === null) {
    return convertQuantity('1000', unit, bookUnit) === null
      ? { reason: 'unit_mismatch', ingredient: name, unit, bookUnit }
      : { reason: 'too_fine', ingredient: name, quantity: line.quantity, unit, bookUnit }
  }
  const before = card.get(key)
  card.set(key, {
    ingredient,
    quantity: before ? addQuantities(before.quantity, quantity) : quantity,
    notes: [before?.notes, notes].filter(Boolean).join('; '),
  })
  return null
}

function named<T>(names: Named<T>, name: string) {
  const entry = names.get(name)
  if (!entry) throw new Error(`Nobody looked up ${JSON.stringify(name)}.`)
  return entry
}
