import { z } from 'zod'
import { orderInput } from '@/domain/order-input'

/** How many dishes the form without JavaScript has room for. */
export const FORM_ROWS = 8

/**
 * A new order, as the script sends it or as a plain form does: `dish-1` (a dish's number, alone or before its name),
 * `quantity-1` and `note-1` by row; empty rows count for nothing.
 */
export const orderForm = z.preprocess(
  (raw) => (isPlainForm(raw) ? fromForm(raw) : raw),
  z.strictObject({ restaurant: z.string(), key: z.uuid(), order: orderInput }),
)

type Fields = Record<string, unknown>

const isPlainForm = (raw: unknown): raw is Fields =>
  typeof raw === 'object' && raw !== null && !('order' in raw)

function fromForm(fields: Fields): unknown {
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name].trim() : '')
  const rows = Array.from({ length: FORM_ROWS }, (_, index) => index + 1)
  const lines = rows
    .filter((row) => text(`dish-${row}`) !== '')
    .map((row) => ({
      menuItemId: leadingNumber(text(`dish-${row}`)),
      quantity: Number(text(`quantity-${row}`) || '1'),
      specialRequests: text(`note-${row}`),
    }))
  const [phone, placeOrName] = [text('phone'), text('placeOrName')]
  return {
    restaurant: text('restaurant'),
    key: text('key'),
    order: {
      channel: text('channel'),
      placeOrName,
      ...(phone !== '' && { customer: { name: placeOrName || phone, phone } }),
      specialInstructions: text('instructions'),
      lines,
    },
  }
}

/** Of `12 Risotto`, as the list of dishes offers it. */
const leadingNumber = (text: string): number => Number(/^\d{1,9}/.exec(text)?.[0] ?? Number.NaN)
