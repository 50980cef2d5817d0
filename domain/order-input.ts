import { z } from 'zod'
import { CHANNELS } from './vocabulary'

/** The largest value of PostgreSQL's `integer`: ids and cents. */
const MAX_INTEGER = 2_147_483_647

/** Text that PostgreSQL can store: it refuses NUL, and half a surrogate pair would turn into a replacement mark. */
const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes('\u0000'), 'must not contain NUL characters')
    .refine((value) => !/\p{Surrogate}/u.test(value), 'must be well-formed Unicode')

const orderLine = z.strictObject({
  menuItemId: z.int().min(1).max(MAX_INTEGER),
  quantity: z.int().min(1).max(999),
  specialRequests: text(500).default(''),
})

const customer = z.strictObject({
  name: text(200).min(1),
  phone: text(20).min(1).optional(),
  email: z.email().max(254).optional(),
})

/** An order as a guest's waiter, the web shop or a POS places it. Prices are the menu's, never the sender's. */
export const orderInput = z.strictObject({
  channel: z.enum(CHANNELS),
  /** Table number or the name to call. */
  placeOrName: text(80).default(''),
  customer: customer.optional(),
  specialInstructions: text(1000).default(''),
  lines: z.array(orderLine).min(1).max(200),
  /** Cents. What the sender showed the guest; an order that would cost something else is refused. */
  expectedTotal: z.int().min(0).max(MAX_INTEGER).optional(),
})

export type OrderInput = z.output<typeof orderInput>

const LINE = z.int().min(1).max(32_767)

/**
 * A change of an order that is placed: lines to add, lines to change (what is not given stays), line numbers to remove.
 * At least one of them, and none twice.
 */
export const orderChange = z
  .strictObject({
    add: z.array(orderLine).max(200).default([]),
    change: z
      .array(
        z
          .strictObject({
            line: LINE,
            quantity: z.int().min(1).max(999).optional(),
            specialRequests: text(500).optional(),
          })
          .refine(
            ({ quantity, specialRequests }) => quantity !== undefined || specialRequests !== undefined,
            {
              error: 'must give a quantity or special requests',
            },
          ),
      )
      .max(200)
      .default([]),
    remove: z.array(LINE).max(200).default([]),
    /** Cents. What the sender shows the guest for the whole order; another total is refused. */
    expectedTotal: z.int().min(0).max(MAX_INTEGER).optional(),
  })
  .refine(({ add, change, remove }) => add.length + change.length + remove.length > 0, {
    error: 'must add, change or remove a line',
  })
  .refine(
    ({ change, remove }) => {
      const lines = [...change.map(({ line }) => line), ...remove]
      return new Set(lines).size === lines.length
    },
    { error: 'must name each line once' },
  )

export type OrderChange = z.output<typeof orderChange>
