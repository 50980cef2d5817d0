import { z } from 'zod'
import { fromThousandths, toThousandths } from './quantity'
import { DIFFICULTIES } from './recipe'
import { idSchema, line, optionalLine, wholeNumber } from './text'

export const MOST_LINES = 100
export const MOST_STEPS = 100
/** Grams, pieces or litres for one portion: more is a slip of the pen. */
export const LARGEST_QUANTITY = 1_000_000

/** A decimal above 0 with three places at most, in its shortest form. */
const quantity = z
  .string()
  .regex(/^\d{1,16}(\.\d{1,3})?$/, { error: 'Write a number with three decimals at most.' })
  .refine((text) => toThousandths(text) > 0n && toThousandths(text) <= BigInt(LARGEST_QUANTITY) * 1000n, {
    error: `Write a number above 0 and up to ${LARGEST_QUANTITY.toLocaleString('en')}.`,
  })
  .transform((text) => fromThousandths(toThousandths(text)))

const recipeLine = z.strictObject({
  ingredientId: idSchema,
  /** For one portion, in the ingredient's unit. */
  quantity,
  notes: optionalLine(500),
})

/** A recipe with its card and its method, each in the cook's order. */
export const recipeDocument = z.strictObject({
  title: line(200, 'Write the name of the recipe.'),
  cuisine: line(100, 'Write a cuisine, such as Italian.'),
  difficulty: z.enum(DIFFICULTIES, { error: 'Choose how hard it is.' }),
  prepMinutes: wholeNumber(0, 10_080, 'minutes'),
  chefId: idSchema,
  calories: wholeNumber(0, 100_000, 'kcal').nullable(),
  lines: z
    .array(recipeLine)
    .max(MOST_LINES, { error: `A card has ${MOST_LINES} lines at most.` })
    .refine((lines) => new Set(lines.map(({ ingredientId }) => ingredientId)).size === lines.length, {
      error: 'An ingredient stands on the card twice. Make one line of it.',
    }),
  steps: z
    .array(line(2000, 'Write what to do in this step.'))
    .max(MOST_STEPS, { error: `A method has ${MOST_STEPS} steps at most.` }),
})
export type RecipeCard = z.output<typeof recipeDocument>
