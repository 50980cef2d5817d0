import { z } from 'zod'
import type { FormValues } from './form-values'
import { kitchenQuantity } from './kitchen-quantity'
import { stepsOf } from './method-text'
import { MOST_PORTIONS } from './portion'
import { fromThousandths, type Quantity, toThousandths } from './quantity'
import { difficultyOf } from './recipe'
import { MOST_LINES, MOST_STEPS, type RecipeCard, recipeDocument } from './recipe-card'
import { line, optionalLine, wholeNumber } from './text'
import { UNITS, type Unit } from './vocabulary'

/** A line of a card as a cook writes it: the ingredient by its name. */
export type TypedLine = {
  /** Its number among the form's fields, from 0: `lines.3.quantity`. */
  place: string
  ingredient: string
  quantity: Quantity
  /** Null: not said, which is fine where there is but one. */
  unit: Unit | null
  notes: string
}

const amount = z.string({ error: 'Write how much.' }).transform((text, context) => {
  const read = readAmount(text)
  if (read.ok) return read.quantity
  context.addIssue({ code: 'custom', message: read.error })
  return z.NEVER
})

/** A quantity as it is typed, "0.25" or "0,25"; of others, what to write instead. */
export function readAmount(text: string): { ok: true; quantity: Quantity } | { ok: false; error: string } {
  const typed = text.trim()
  const thousands = /^([1-9]\d{0,2}),(\d{3})$/.exec(typed)
  if (thousands)
    return { ok: false, error: `Write ${thousands[1]}${thousands[2]}, or ${thousands[1]}.${thousands[2]}.` }
  if (typed === '') return { ok: false, error: 'Write how much.' }
  if (!/^\d{1,12}([.,]\d{1,3})?$/.test(typed))
    return {
      ok: false,
      error: /^\d*[.,]\d{4,}$/.test(typed)
        ? 'Write three decimals at most, perhaps in a smaller unit.'
        : 'Write a number such as 0.25.',
    }
  const thousandths = toThousandths(typed.replace(',', '.'))
  return thousandths > 0n
    ? { ok: true, quantity: fromThousandths(thousandths) }
    : { ok: false, error: 'Write more than 0, or take the line away.' }
}

const typedLine = z.object({
  ingredient: line(200, 'Write the ingredient’s name.'),
  quantity: amount,
  unit: z
    .union([z.literal('').transform(() => null), z.enum(UNITS)], { error: 'Choose a unit.' })
    .default(null),
  notes: optionalLine(500).default(''),
})

const portions = wholeNumber(1, MOST_PORTIONS, 'portions')

/** `lines.portions`, which says for how many portions the amounts are, and `lines.0`, `lines.1`… in their order. */
const typedCard = z
  .unknown()
  .default({})
  .transform((raw, context) => {
    const { portions: count, ...rows } = fieldsOf(raw)
    const complain = (path: string[], { issues }: z.ZodError) => {
      for (const issue of issues)
        context.addIssue({ code: 'custom', path: [...path, ...issue.path], message: issue.message })
    }
    const batch = portions.safeParse(count ?? 1)
    if (!batch.success) complain(['portions'], batch.error)
    const written = Object.entries(rows).filter(([, row]) => !isBlank(row))
    if (written.length > MOST_LINES) {
      context.addIssue({ code: 'custom', message: `A card has ${MOST_LINES} lines at most.` })
      return z.NEVER
    }
    const lines: TypedLine[] = []
    for (const [place, row] of written) {
      const read = typedLine.safeParse(row)
      if (read.success) lines.push({ place, ...read.data })
      else complain([place], read.error)
    }
    return { portions: batch.data ?? 1, lines }
  })

/** A method without steps sends none. */
const typedSteps = z
  .unknown()
  .default({})
  .transform((raw, context) => {
    const steps: string[] = []
    for (const [place, text] of Object.entries(fieldsOf(raw))) {
      for (const step of typeof text === 'string' ? stepsOf(text) : [text]) {
        const read = recipeDocument.shape.steps.element.safeParse(step)
        if (read.success) steps.push(read.data)
        else context.addIssue({ code: 'custom', path: [place], message: read.error.issues[0]?.message ?? '' })
      }
      if (steps.length > MOST_STEPS) {
        context.addIssue({ code: 'custom', message: `A method has ${MOST_STEPS} steps at most.` })
        return z.NEVER
      }
    }
    return steps
  })

const fieldsOf = (raw: unknown): Record<string, unknown> =>
  typeof raw === 'object' && raw !== null ? { ...raw } : {}

/** A line in which nothing is written but perhaps a unit. */
const isBlank = (row: unknown): boolean =>
  Object.entries(fieldsOf(row)).every(
    ([field, value]) => field === 'unit' || (typeof value === 'string' && value.trim() === ''),
  ) && typeof row === 'object'

const { title, cuisine, prepMinutes, calories } = recipeDocument.shape
const blankIsNull = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? null : value)

/** What a recipe's form sends: a recipe in which ingredients and chef are names. */
export const recipeForm = z.object({
  title,
  cuisine,
  /** Null: by the minutes. */
  difficulty: z.preprocess(blankIsNull, recipeDocument.shape.difficulty.nullable()),
  prepMinutes,
  chef: line(220, 'Write the name of the chef.'),
  calories: z.preprocess(blankIsNull, calories),
  lines: typedCard,
  steps: typedSteps,
})
export type RecipeForm = z.output<typeof recipeForm>

/** What the names on a card stand for, so that it can be shown. */
export type CardNames = {
  ingredients: ReadonlyMap<number, { name: string; unit: Unit }>
  /** Each by a name of its own, see `chefLabel`. */
  chefs: ReadonlyMap<number, string>
}

/** Two chefs may have one name: then their numbers tell them apart. */
export const chefLabel = (name: string, id: number, isShared: boolean): string =>
  isShared ? `${name} (#${id})` : name

/** What the fields of a recipe's form begin with: its card for one portion, as a cook weighs it. */
export function recipeValues(doc: RecipeCard, names: CardNames): FormValues {
  const values: FormValues = {
    title: doc.title,
    cuisine: doc.cuisine,
    difficulty: doc.difficulty === difficultyOf(doc.prepMinutes) ? '' : doc.difficulty,
    prepMinutes: String(doc.prepMinutes),
    chef: names.chefs.get(doc.chefId) ?? `#${doc.chefId}`,
    calories: doc.calories === null ? '' : String(doc.calories),
    'lines.portions': '1',
  }
  for (const [place, { ingredientId, quantity, notes }] of doc.lines.entries()) {
    const ingredient = names.ingredients.get(ingredientId)
    const shown = ingredient && kitchenQuantity(quantity, ingredient.unit, 1)
    values[`lines.${place}.ingredient`] = ingredient?.name ?? `#${ingredientId}`
    values[`lines.${place}.quantity`] = shown?.quantity ?? quantity
    values[`lines.${place}.unit`] = shown?.unit ?? ''
    values[`lines.${place}.notes`] = notes
  }
  for (const [place, text] of doc.steps.entries()) values[`steps.${place}`] = text
  return values
}

/** What the book has by the names that were typed. */
export type KnownNames = {
  chef: { id: number | null; near: readonly string[] }
  /** By the name as it was typed. */
  ingredients: ReadonlyMap<
    string,
    { found: { id: number; name: string; unit: Unit } | null; near: readonly string[] }
  >
}
