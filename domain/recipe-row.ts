import { z } from 'zod'
import { fromThousandths, toThousandths } from './quantity'
import { DIFFICULTIES, type Difficulty, difficultyOf } from './recipe'
import { LARGEST_QUANTITY, MOST_LINES, MOST_STEPS } from './recipe-card'
import { fits, readable } from './text'
import { ALLERGENS, type Allergen, UNITS, type Unit } from './vocabulary'

/** One line of a recipe card as a file gives it. */
export type RecipeRowLine = {
  name: string
  /** For one portion, in `unit`: a decimal string with at most three decimals. */
  quantity: string
  unit: Unit
  notes: string
  /** For an ingredient that is new. */
  allergens: Allergen[]
}

/** A recipe as a file gives it, checked, with its text in Unicode NFC and single spaces. */
export type RecipeRow = {
  /** Names the recipe within its source for good; null: title and chef do. */
  id: string | null
  title: string
  cuisine: string
  difficulty: Difficulty
  prepMinutes: number
  calories: number | null
  chef: string
  /** Years, for a chef who is new. */
  chefExperience: number
  lines: RecipeRowLine[]
  method: string[]
}

const MOST_REASONS = 3
const SHOWN_CHARACTERS = 40

const upTo = (most: number) =>
  z.string().refine((text) => fits(text, most), `is longer than ${most} characters`)

const optionalText = (most: number) => readable.pipe(upTo(most))

/** With a letter or a digit, so that something is left when names are compared. */
const someText = (most: number) =>
  readable.pipe(
    upTo(most)
      .refine((text) => text !== '', 'is empty')
      .refine((text) => text === '' || /[\p{L}\p{N}]/u.test(text), 'has no letter or digit'),
  )

const whole = (least: number, most: number, what: string) => {
  const error = `must be a whole number of ${what} from ${least} to ${most}`
  const sayMissing = ({ input }: { input?: unknown }) => (input === undefined ? 'is missing' : error)
  return z.number({ error: sayMissing }).int({ error }).min(least, { error }).max(most, { error })
}

const quantity = z
  .union([z.number(), z.string()], {
    error: ({ input }) => (input === undefined ? 'is missing' : 'must be a number'),
  })
  .transform((value, context) => {
    const text = String(value).trim()
    if (/^\d{1,12}(\.\d{1,3}0*)?$/.test(text)) {
      const thousandths = toThousandths(text)
      if (thousandths > 0n && thousandths <= BigInt(LARGEST_QUANTITY) * 1000n)
        return fromThousandths(thousandths)
    }
    context.addIssue({ code: 'custom', message: quantityProblem(text) })
    return z.NEVER
  })

function quantityProblem(text: string): string {
  const shown = quoted(text)
  if (/^\d+,\d+$/.test(text)) return `is ${shown}: write decimals with a point`
  if (/^\d*\.\d{4,}$/.test(text)) return `is ${shown}: at most three decimals, perhaps in a smaller unit`
  return `is ${shown}: it must be a number above 0 and up to ${LARGEST_QUANTITY}, such as 0.25`
}

const oneOf = <T extends string>(values: readonly [T, ...T[]]) =>
  z.enum(values, {
    error: ({ input }) =>
      input === undefined ? 'is missing' : `is ${quoted(input)}: it must be one of ${values.join(', ')}`,
  })

const optional = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null)

const line = z.strictObject(
  {
    name: someText(200),
    quantity,
    unit: oneOf(UNITS),
    notes: optionalText(500).nullish(),
    allergens: z.array(oneOf(ALLERGENS), { error: 'must be a list' }).max(ALLERGENS.length).nullish(),
  },
  { error: fieldsProblem },
)

const row = z.strictObject(
  {
    id: optional(z.union([z.number().int().transform(String), someText(200)], { error: 'must be text' })),
    title: someText(200),
    cuisine: someText(100),
    difficulty: optional(oneOf(DIFFICULTIES)),
    prep_time: whole(0, 10_080, 'minutes'),
    calories: optional(whole(0, 100_000, 'kilocalories')),
    chef: someText(200),
    chef_experience: whole(0, 80, 'years'),
    ingredients: z
      .array(line, { error: ({ input }) => (input === undefined ? 'are missing' : 'must be a list') })
      .min(1, 'are missing')
      .max(MOST_LINES, `are more than ${MOST_LINES}`),
    method: z
      .array(someText(2000), { error: 'must be a list of steps' })
      .max(MOST_STEPS, `has more than ${MOST_STEPS} steps`)
      .nullish(),
    // What a file of rejects says of its rows.
    row: z.unknown().optional(),
    reason: z.unknown().optional(),
  },
  { error: fieldsProblem },
)

function fieldsProblem(issue: { code?: string; keys?: string[] }): string {
  if (issue.code !== 'unrecognized_keys') return 'must be an object with named fields'
  const fields = (issue.keys ?? []).slice(0, MOST_REASONS).map(quoted).join(', ')
  return `has a field that recipes don't: ${fields}`
}

/** Checks one row of a file. Never throws; the reason is for people and names the field. */
export function parseRecipeRow(
  value: unknown,
): { ok: true; recipe: RecipeRow } | { ok: false; reason: string } {
  const parsed = row.safeParse(value)
  if (!parsed.success) return { ok: false, reason: reasonOf(parsed.error.issues) }
  const { data } = parsed
  return {
    ok: true,
    recipe: {
      id: data.id,
      title: data.title,
      cuisine: data.cuisine,
      difficulty: data.difficulty ?? difficultyOf(data.prep_time),
      prepMinutes: data.prep_time,
      calories: data.calories,
      chef: data.chef,
      chefExperience: data.chef_experience,
      lines: data.ingredients.map(({ notes, allergens, ...rest }) => ({
        ...rest,
        notes: notes ?? '',
        allergens: [...new Set(allergens)],
      })),
      method: data.method ?? [],
    },
  }
}

function reasonOf(issues: readonly z.core.$ZodIssue[]): string {
  const sentences = issues.slice(0, MOST_REASONS).map(({ path, message }) => `${whereOf(path)} ${message}`)
  const more = issues.length > MOST_REASONS ? `; and ${issues.length - MOST_REASONS} more` : ''
  return `${sentences.join('; ')}${more}`
}

/** `['ingredients', 2, 'quantity']` is "ingredients, line 3, quantity". */
function whereOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the row'
  const [field, place] = path
  const nth = field === 'method' ? 'step' : 'line'
  const parts = typeof place === 'number' ? [field, `${nth} ${place + 1}`, ...path.slice(2)] : path
  return parts.map((part) => (typeof part === 'number' ? String(part + 1) : String(part))).join(', ')
}

/** As JSON, so that what can't be seen shows, and not all of it: a row may nest deeper than the stack is. */
export function quoted(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object'
  const text = String(value)
  const short = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text
  return JSON.stringify(short.toWellFormed())
}
