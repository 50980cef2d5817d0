import { z } from 'zod'
import { compareQuantities, fromThousandths, toThousandths } from './quantity'
import { idSchema, line, optionalLine, prose } from './text'
import { STORAGE_AREAS, WASTE_REASONS } from './vocabulary'

/** What forms about stock send. Amounts are in the ingredient's unit, decimals typed with a point or a comma. */

const WRONG_AMOUNT = 'Write an amount such as 2.5, with three decimals at most.'
const amount = z
  .string()
  .trim()
  .transform((text) => text.replace(',', '.'))
  .pipe(
    z
      .string()
      .regex(/^\d{1,9}(\.\d{1,3})?$/, { error: WRONG_AMOUNT })
      .transform((text) => fromThousandths(toThousandths(text))),
  )
const moreThanNothing = amount.refine((text) => text !== '0', { error: 'Write more than nothing.' })

/** Cents for one unit, with four decimals at most. */
const unitPrice = z.string().regex(/^\d{1,8}(\.\d{1,4})?$/, { error: 'Write a price such as 2.40.' })

/** Made by the form as it is opened, so that what is sent twice happens once. */
const formId = z.uuid()

const MOST_LINES = 1000
const note = prose(1000)

const EACH_ONCE = 'Each ingredient once.'
const isEachOnce = (lines: readonly { ingredientId: number }[]): boolean =>
  new Set(lines.map(({ ingredientId }) => ingredientId)).size === lines.length

const draftLines = z
  .array(
    z.object({
      ingredientId: idSchema,
      packs: z.int().min(0).max(99_999),
    }),
  )
  .max(MOST_LINES)

export const purchaseDraft = z.object({
  orderId: formId,
  /** The one that the form shows. */
  version: z.int(),
  note,
  lines: draftLines,
})
export type PurchaseDraft = z.output<typeof purchaseDraft>

export const deliveryInput = z.object({
  id: formId,
  orderId: formId,
  reference: z.string().trim().max(80),
  note,
  /** What came; a line that is left out, or nothing, did not. */
  lines: z.array(z.object({ ingredientId: idSchema, quantity: amount, unitPrice })).max(MOST_LINES),
  /** Whether what did not come is still waited for. */
  rest: z.enum(['wait', 'close']),
})
export type DeliveryInput = z.output<typeof deliveryInput>

export const countInput = z.object({
  id: formId,
  /** Null: everything. */
  storageArea: z.enum(STORAGE_AREAS).nullable(),
  isBlind: z.boolean(),
})
export type CountInput = z.output<typeof countInput>

const countedLine = z.object({
  ingredientId: idSchema,
  /** Null, or an empty field: not counted after all. */
  counted: z.union([z.literal('').transform(() => null), z.null(), amount], { error: WRONG_AMOUNT }),
})
const asShown = z
  .object({ counted: z.string(), was: z.string() })
  .refine(({ counted, was }) => counted === was)

/**
 * Lines of a count as they are typed, or a whole sheet. One that says `was`, what the sheet showed, and still says so,
 * is left out: counted anew it would be taken for what is there now.
 */
export const countLines = z.object({
  countId: formId,
  lines: z
    .array(z.preprocess((line) => (asShown.safeParse(line).success ? null : line), countedLine.nullable()))
    .max(MOST_LINES)
    .transform((lines) => lines.filter((line) => line !== null))
    .refine(isEachOnce, { error: EACH_ONCE }),
})
export type CountLines = z.output<typeof countLines>

export const wasteInput = z.object({
  id: formId,
  ingredientId: idSchema,
  quantity: moreThanNothing,
  reason: z.enum(WASTE_REASONS, { error: 'Say why.' }),
  note,
})
export type WasteInput = z.output<typeof wasteInput>

/** Waste as it is typed: the ingredient by name. */
export const wasteForm = wasteInput
  .omit({ ingredientId: true })
  .extend({ ingredient: line(200, 'Say what was thrown away.') })

const goods = z.object({ ingredientId: idSchema, quantity: moreThanNothing })

/** One row of a form about goods: what was typed, or null where nothing was. */
const typedGoods = z
  .object({ ingredient: optionalLine(200), quantity: z.string().trim().max(40) })
  .transform(({ ingredient, quantity }, context) => {
    if (ingredient === '' && quantity === '') return null
    const parsed = moreThanNothing.safeParse(quantity)
    const refuse = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message })
    if (ingredient === '') refuse('ingredient', 'Say of what.')
    if (!parsed.success) refuse('quantity', parsed.error.issues[0]?.message ?? WRONG_AMOUNT)
    return parsed.success && ingredient !== '' ? { ingredient, quantity: parsed.data } : z.NEVER
  })

/** A transfer as it is typed: ingredients by name, rows that may be empty. */
export const transferForm = z.object({
  id: formId,
  note,
  lines: z
    .array(typedGoods)
    .max(MOST_LINES)
    .refine((lines) => lines.some((line) => line !== null), { error: 'Say what goes.' }),
})

export const transferInput = z.object({
  id: formId,
  note,
  lines: z
    .array(goods)
    .min(1, { error: 'Say what goes.' })
    .max(MOST_LINES)
    .refine(isEachOnce, { error: EACH_ONCE }),
})
export type TransferInput = z.output<typeof transferInput>

const levels = z.object({ minimum: amount, par: amount })

export const stockRule = z
  .object({
    ingredientId: idSchema,
    ...levels.shape,
    /** What the form showed. */
    base: levels,
  })
  .refine(({ minimum, par }) => compareQuantities(par, minimum) >= 0, {
    path: ['par'],
    error: 'Par is at least the minimum.',
  })
export type StockRule = z.output<typeof stockRule>

export const alertAnswer = z.object({
  restaurantId: idSchema,
  ingredientId: idSchema,
  reason: z.string().trim().max(300),
  /** Until when it is quiet; null: until stock has recovered. */
  until: z.date().nullable(),
})
export type AlertAnswer = z.output<typeof alertAnswer>
