import { z } from 'zod'
import { line, optionalLine, prose, wholeNumber } from './text'

/** 1 Monday to 7 Sunday (ISO 8601). */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const

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
})
export type Supplier = z.output<typeof supplierDocument>
