import { quoted } from '@/domain/recipe-row'
import type { CreatedRecipe } from '../mutations/recipes'

/** Why the book refused a recipe, for whoever corrects the file. */
export function reasonOf(refusal: Extract<CreatedRecipe, { ok: false }>): string {
  if (refusal.reason === 'said_otherwise')
    return `row ${refusal.row} is the same recipe and says otherwise: keep one of them, or give them different ids`
  const { ingredient, unit, bookUnit } = refusal
  if (refusal.reason === 'unit_mismatch')
    return `the book keeps ${quoted(ingredient)} in ${bookUnit}, and ${unit} can't be converted to that: give the quantity in ${bookUnit}`
  return `${refusal.quantity} ${unit} of ${quoted(ingredient)} needs more than three decimals in ${bookUnit}, in which the book keeps it: round the quantity`
}
