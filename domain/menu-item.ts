import { z } from 'zod'
import { idSchema, line, prose, wholeNumber } from './text'
import { STATIONS } from './vocabulary'

/** Cents: more than any dish costs. */
export const MOST_PRICE = 10_000_000

const cents = z.number().int().min(0).max(MOST_PRICE)

/** A dish of the chain's menu, as forms edit it and change sets hold it. */
export const menuItemDocument = z.strictObject({
  name: line(200, 'Write what guests read on the menu.'),
  description: prose(2000),
  /** Cents. */
  price: cents,
  categoryId: idSchema,
  /** The recipe that it sells; null for what needs none, such as a bottle of water. */
  recipeId: idSchema.nullable(),
  station: z.enum(STATIONS, { error: 'Choose the station that cooks it.' }),
  prepMinutes: wholeNumber(0, 1440, 'minutes'),
  /** Null: as the recipe says. */
  calories: wholeNumber(0, 100_000, 'kcal').nullable(),
  isAvailable: z.boolean(),
  isFeatured: z.boolean(),
  /** The name of its photo's file, see app/_server/photos.ts; null: none. */
  photo: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
})
export type MenuItem = z.output<typeof menuItemDocument>

/** What one restaurant does differently; null means "as the chain". */
export const menuOverrideDocument = z.strictObject({
  /** Cents. */
  price: cents.nullable(),
  isAvailable: z.boolean().nullable(),
})
export type MenuOverride = z.output<typeof menuOverrideDocument>
