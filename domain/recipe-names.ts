import { portionOf, unitsLike } from './portion'
import type { Quantity } from './quantity'
import { difficultyOf } from './recipe'
import { type RecipeCard, recipeDocument } from './recipe-card'
import type { KnownNames, RecipeForm, TypedLine } from './recipe-form'
import { UNITS, type Unit } from './vocabulary'

type Problem = { ok: false; fields: Record<string, string> }

/**
 * A recipe as it was typed, with what its names stand for. Refused field by field, in words: an ingredient or a chef that
 * the book does not know (with the names that are like it), an ingredient twice, an amount that the book's unit can't
 * hold.
 */
export function recipeOf(typed: RecipeForm, known: KnownNames): { ok: true; doc: RecipeCard } | Problem {
  const fields: Record<string, string> = {}
  if (known.chef.id === null) fields.chef = unknownName('chef', typed.chef, known.chef.near)
  const lines: RecipeCard['lines'] = []
  const places: string[] = []
  for (const line of typed.lines.lines) {
    const read = readLine(line, typed.lines.portions, known)
    const twice = read.ok ? lines.findIndex(({ ingredientId }) => ingredientId === read.ingredientId) : -1
    if (!read.ok) fields[`lines.${line.place}.${read.field}`] = read.error
    else if (twice >= 0)
      fields[`lines.${line.place}.ingredient`] =
        `“${line.ingredient}” stands in line ${Number(places[twice]) + 1} already. Make one line of both.`
    else {
      lines.push({ ingredientId: read.ingredientId, quantity: read.quantity, notes: line.notes })
      places.push(line.place)
    }
  }
  if (Object.keys(fields).length > 0) return { ok: false, fields }
  const parsed = recipeDocument.safeParse({
    title: typed.title,
    cuisine: typed.cuisine,
    difficulty: typed.difficulty ?? difficultyOf(typed.prepMinutes),
    prepMinutes: typed.prepMinutes,
    chefId: known.chef.id,
    calories: typed.calories,
    lines,
    steps: typed.steps,
  })
  if (parsed.success) return { ok: true, doc: parsed.data }
  for (const { path, message } of parsed.error.issues) {
    const [field, place, ...rest] = path
    const typedPlace = field === 'lines' && typeof place === 'number' ? places[place] : place
    fields[[field, typedPlace, ...rest].filter((part) => part !== undefined).join('.')] ??= message
  }
  return { ok: false, fields }
}

function readLine(
  { ingredient, quantity, unit, place }: TypedLine,
  portions: number,
  known: KnownNames,
):
  | { ok: true; ingredientId: number; quantity: Quantity; place: string }
  | { ok: false; field: string; error: string } {
  const { found, near } = known.ingredients.get(ingredient) ?? { found: null, near: [] }
  if (!found) return { ok: false, field: 'ingredient', error: unknownName('ingredient', ingredient, near) }
  const alike = unitsLike(found.unit, UNITS)
  if (unit === null && alike.length > 1)
    return { ok: false, field: 'unit', error: `Choose ${alike.join(' or ')}.` }
  const portion = portionOf({ quantity, unit: unit ?? found.unit }, portions, found.unit)
  if (portion.ok) return { ok: true, ingredientId: found.id, quantity: portion.quantity, place }
  return portion.reason === 'unit_mismatch'
    ? {
        ok: false,
        field: 'unit',
        error: `The book keeps ${found.name} in ${found.unit}, and ${unit} can’t be converted into that.`,
      }
    : { ok: false, field: 'quantity', error: tooFine(quantity, unit ?? found.unit, portions, found) }
}

function unknownName(what: 'ingredient' | 'chef', typed: string, near: readonly string[]): string {
  const asked = near.length > 0 ? ` Did you mean ${inWords(near)}?` : ''
  return `The book has no ${what} called “${typed}”.${asked}`
}

/** Why an amount can't be kept, such as half a gram of something that the book keeps in kilograms. */
function tooFine(
  quantity: Quantity,
  unit: Unit,
  portions: number,
  { name, unit: bookUnit }: { name: string; unit: Unit },
): string {
  const batch = portions === 1 ? '' : ` for ${portions} portions`
  return `The book keeps ${name} in ${bookUnit}, in steps of 0.001 ${bookUnit} a portion: ${quantity} ${unit}${batch} can’t be kept. Round it.`
}

const inWords = (names: readonly string[]): string =>
  names.length === 1 ? `${names[0]}` : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
