import { z } from 'zod'
import { ALLERGENS, CHANNELS, DIETS, ITEM_STATUSES, ORDER_STATUSES } from './vocabulary'

/** What one API key may ask for: so many requests in a window, which come back evenly. */
export const API_ALLOWANCE = { quota: 600, windowSeconds: 30 } as const

/** What a key is called in lists and in the log: what uses it. */
export const apiKeyNameSchema = z
  .string()
  .trim()
  .min(1, 'Name what will use the key, such as POS or Web shop.')
  .max(100, 'Use at most 100 characters.')

const cents = z.int().min(0).describe('Cents.')
const time = z.iso.datetime().describe('ISO 8601, UTC.')

const orderLineDetails = z.object({
  line: z.int().min(1).describe("The line's number: it names the line in a change."),
  menuItemId: z.int(),
  name: z.string().describe('As it was sold.'),
  quantity: z.int().min(1),
  unitPrice: cents,
  subtotal: cents,
  status: z.enum(ITEM_STATUSES),
  specialRequests: z.string(),
})

/** One order as the API answers it. A time is null until the order has come that far. */
export const orderDetails = z.object({
  id: z.uuid(),
  orderNumber: z.string().describe('Unique in its restaurant.'),
  businessDate: z.iso.date().describe("The restaurant's trading day."),
  callNumber: z.int().min(1).describe('What people call: counts from 1 each trading day.'),
  status: z.enum(ORDER_STATUSES),
  channel: z.enum(CHANNELS),
  placeOrName: z.string().describe('Table number or the name to call.'),
  specialInstructions: z.string(),
  total: cents,
  estimatedDelivery: time.nullable(),
  createdAt: time,
  confirmedAt: time.nullable(),
  preparingAt: time.nullable(),
  readyAt: time.nullable(),
  deliveredAt: time.nullable(),
  cancelledAt: time.nullable(),
  lines: z.array(orderLineDetails),
})
export type OrderDetails = z.output<typeof orderDetails>

const menuDish = z.object({
  id: z.int(),
  name: z.string(),
  description: z.string(),
  price: cents.describe("Cents, this restaurant's."),
  calories: z.int().nullable(),
  allergens: z
    .array(z.enum(ALLERGENS))
    .nullable()
    .describe('By the recipe card; null where there is no card, so nobody knows.'),
  diets: z
    .array(z.enum(DIETS))
    .describe(
      'What all ingredients of the recipe card go with; empty where there is no card, or where nobody has said what one of them is. By recipe: kitchens handle all allergens, so traces are not ruled out.',
    ),
  available: z.boolean().describe('False while it is sold out: an order for it is refused.'),
})

/** The effective menu of one restaurant. */
export const menuDetails = z.object({
  restaurant: z.object({ slug: z.string(), name: z.string() }),
  currency: z.string().describe('ISO 4217.'),
  categories: z.array(
    z.object({ id: z.int(), name: z.string(), description: z.string(), dishes: z.array(menuDish) }),
  ),
})
export type MenuDetails = z.output<typeof menuDetails>

/** An error, as RFC 9457 has it. */
export const problemDetails = z.object({
  type: z.string().describe('Names the kind of problem: urn:brigade:problem:<name>.'),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe('What is wrong in this request, and what to do about it.'),
  errors: z
    .array(z.object({ pointer: z.string(), detail: z.string() }))
    .optional()
    .describe('Each fault in the body, by a JSON Pointer as a URI fragment.'),
  requestId: z
    .string()
    .optional()
    .describe(
      'Finds this request in the log of whoever runs Brigade; the header X-Request-Id says the same.',
    ),
})
