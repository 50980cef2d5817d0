import { z } from 'zod'
import { compareQuantities, fromThousandths, toThousandths } from './quantity'
import { idSchema, prose } from './text'
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

export const countLines = z.object({
  countId: formId,
  lines: z
    .array(
      z.object({
        ingredientId: idSchema,
        /** Null, or an empty field: not counted after all. */
        counted: z.union([z.literal('').transform(() => null), z.null(), amount], { error: WRONG_AMOUNT }),
      }),
    )
    .max(MOST_LINES)
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

export const transferInput = z.object({
  id: formId,
  note,
  lines: z
    .array(z.object({ ingredientId: idSchema, quantity: moreThanNothing }))
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
