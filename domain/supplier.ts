import { z } from 'zod'
import { tick, ticked, tickedOf } from './form-fields'
import type { FormValues } from './form-values'
import { moneyText, parseMoney } from './money-input'
import { line, optionalLine, prose, wholeNumber } from './text'

/** 1 Monday to 7 Sunday (ISO 8601). */
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const

/** Whom new ingredients of an import are bought from until somebody says. */
export const NO_SUPPLIER = 'Not assigned'

/** Whom the chain buys from. */
export const supplierDocument = z.strictObject({
  name: line(200, 'Write the supplier’s name.'),
  contactPerson: optionalLine(100),
  phone: optionalLine(20),
  email: optionalLine(254).refine((text) => text === '' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text), {
    error: 'Write an address such as orders@example.com, or leave it empty.',
  }),
  address: prose(1000),
  isActive: z.boolean(),
  rating: wholeNumber(1, 5, 'stars'),
  leadTimeDays: wholeNumber(0, 60, 'days'),
  /** Weekdays on which it takes orders. */
  orderDays: z
    .array(z.number().int().min(1).max(7))
    .min(1, { error: 'Choose at least one day.' })
    .transform((days) => WEEKDAYS.filter((day) => days.includes(day))),
  /** Cents that an order should come to at least; null: it takes any. */
  minimumOrder: z.int().min(0).nullable().default(null),
})
export type Supplier = z.output<typeof supplierDocument>

/** How a form names the weekdays, in their order. */
export const WEEKDAY_NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

const { name, contactPerson, phone, email, address, rating, leadTimeDays, orderDays } = supplierDocument.shape

/** What a supplier's form sends; the least that it delivers for is typed in the chain's currency. */
export const supplierForm = (currency: string) =>
  z.object({
    name,
    contactPerson,
    phone,
    email,
    address,
    rating,
    leadTimeDays,
    orderDays: tickedOf(WEEKDAY_NAMES)
      .transform((days) => days.map((day) => WEEKDAY_NAMES.indexOf(day) + 1))
      .pipe(orderDays),
    minimumOrder: z.string().transform((text, context) => {
      if (text.trim() === '') return null
      const cents = parseMoney(text, currency)
      if (cents !== null) return cents
      context.addIssue({ code: 'custom', message: 'Write an amount such as 150, or leave it empty.' })
      return z.NEVER
    }),
    isActive: ticked,
  })

/** What the form of a supplier begins with. */
export const supplierValues = (supplier: Supplier, currency: string): FormValues => ({
  name: supplier.name,
  contactPerson: supplier.contactPerson,
  phone: supplier.phone,
  email: supplier.email,
  address: supplier.address,
  rating: String(supplier.rating),
  leadTimeDays: String(supplier.leadTimeDays),
  ...Object.fromEntries(supplier.orderDays.map((day) => [`orderDays.${WEEKDAY_NAMES[day - 1]}`, 'on'])),
  minimumOrder: supplier.minimumOrder === null ? '' : moneyText(supplier.minimumOrder, currency),
  ...tick('isActive', supplier.isActive),
})
