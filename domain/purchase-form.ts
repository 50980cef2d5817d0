import { z } from 'zod'
import { idSchema, prose } from './text'
import { readTypedAmount } from './typed-amount'
import { parseUnitPrice } from './unit-price'
import { UNITS } from './vocabulary'

/** What the forms of purchase orders send. */

const MOST_LINES = 1000
/** How many ingredients can be added at once. */
export const ADD_ROWS = 3

const PACKS = 'Write a whole number of packs, up to 99,999.'

/** Nothing typed is none. */
const packs = z
  .string()
  .trim()
  .regex(/^\d{0,5}$/, { error: PACKS })
  .transform(Number)

const draftLine = z.object({ ingredientId: idSchema, packs })
const addedLine = z.object({ ingredient: z.string().trim().max(200), packs })

/** The form of a draft: `add` names further ingredients, `step` says what the button that was pressed does. */
export const draftForm = z.object({
  restaurant: z.string(),
  order: z.uuid(),
  /** Of the draft that the form shows. */
  version: z.coerce.number().int().min(1).max(2_147_483_647),
  note: prose(1000),
  lines: z.array(draftLine).max(MOST_LINES).default([]),
  add: z.array(addedLine).max(ADD_ROWS).default([]),
  step: z.enum(['save', 'send']).default('save'),
  acceptsLess: z
    .literal('on')
    .optional()
    .transform((ticked) => ticked === 'on'),
})

const receivedLine = (currency: string) =>
  z
    .object({
      ingredientId: idSchema,
      unit: z.enum(UNITS),
      quantity: z.string().max(40),
      unitPrice: z.string().max(40),
    })
    .transform(({ ingredientId, unit, quantity, unitPrice }, context) => {
      const amount = readTypedAmount(quantity, unit)
      const price = parseUnitPrice(unitPrice, currency)
      if (!amount.ok) context.addIssue({ code: 'custom', path: ['quantity'], message: amount.error })
      if (price === null)
        context.addIssue({ code: 'custom', path: ['unitPrice'], message: 'Write a price such as 2.40.' })
      if (!amount.ok || price === null) return z.NEVER
      return { ingredientId, quantity: amount.quantity, unitPrice: price }
    })

/** The form of a delivery; prices in the chain's currency, for one unit. */
export const receiveForm = (currency: string) =>
  z.object({
    restaurant: z.string(),
    order: z.uuid(),
    id: z.uuid(),
    reference: z.string().trim().max(80, { error: 'Write 80 characters at most.' }),
    note: prose(1000),
    lines: z.array(receivedLine(currency)).max(MOST_LINES).default([]),
    rest: z.enum(['wait', 'close']),
  })
