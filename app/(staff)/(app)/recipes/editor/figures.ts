import type { IngredientChoice } from '@/db/queries/recipe-choices'
import { nameKey } from '@/domain/name-key'
import { exactCost } from '@/domain/plate-cost'
import { portionOf, scaledAmount } from '@/domain/portion'
import type { Quantity } from '@/domain/quantity'
import { readAmount } from '@/domain/recipe-form'
import type { Unit } from '@/domain/vocabulary'

/** A line as its fields stand. */
export type TypedRow = {
  ingredient: string
  quantity: string
  unit: Unit | ''
  notes: string
  /** The amount as somebody wrote it, and for how many portions: what is shown for others is always scaled from it. */
  written: { quantity: string; unit: Unit | ''; portions: number }
}

/** A line whose amount was written for so many portions. */
export const rowOf = (fields: Omit<TypedRow, 'written'>, portions: number): TypedRow => ({
  ...fields,
  written: { quantity: fields.quantity, unit: fields.unit, portions },
})

export const blankRow = (portions: number): TypedRow =>
  rowOf({ ingredient: '', quantity: '', unit: '', notes: '' }, portions)

export type IngredientsByName = ReadonlyMap<string, IngredientChoice>

export const ingredientsByName = (choices: readonly IngredientChoice[]): IngredientsByName =>
  // The first of those that only accents tell apart, and each by its own spelling.
  new Map(choices.toReversed().flatMap((choice) => [[nameKey(choice.name), choice] as const]))

export const ingredientOf = (row: TypedRow, known: IngredientsByName): IngredientChoice | null =>
  known.get(nameKey(row.ingredient)) ?? null

/** What a line comes to while it is typed. */
export type LineFigures = {
  ingredient: IngredientChoice | null
  /** What the card keeps for one portion, in the ingredient's unit; null while that can't be said. */
  portion: { quantity: Quantity; isExact: boolean } | null
  /** Of one portion, exactly (`exactCost`); null with `portion`. */
  cost: bigint | null
}

/** Nothing is known of a line without an ingredient of the book and an amount that it can keep. */
export function figuresOf(row: TypedRow, portions: number, known: IngredientsByName): LineFigures {
  const ingredient = ingredientOf(row, known)
  const amount = readAmount(row.quantity)
  if (!ingredient || !amount.ok) return { ingredient, portion: null, cost: null }
  const unit = row.unit === '' ? ingredient.unit : row.unit
  const portion = portionOf({ quantity: amount.quantity, unit }, portions, ingredient.unit)
  if (!portion.ok) return { ingredient, portion: null, cost: null }
  return { ingredient, portion, cost: exactCost(portion.quantity, ingredient.unitPrice) }
}

export const isBlank = ({ ingredient, quantity, notes }: TypedRow): boolean =>
  [ingredient, quantity, notes].every((text) => text.trim() === '')

/** A line as it is written for so many portions. What is no amount stays as it is. */
export function rescaled(row: TypedRow, portions: number, known: IngredientsByName): TypedRow {
  const { written } = row
  const amount = readAmount(written.quantity)
  if (!amount.ok) return { ...row, written: { ...written, portions } }
  const bookUnit = written.unit === '' ? null : (ingredientOf(row, known)?.unit ?? null)
  const unit = written.unit === '' ? 'pcs' : written.unit
  const scaled = scaledAmount({ quantity: amount.quantity, unit }, written.portions, portions, bookUnit)
  if (written.portions === portions) return { ...row, quantity: written.quantity, unit: written.unit }
  return { ...row, quantity: scaled.quantity, unit: written.unit === '' ? '' : scaled.unit }
}
