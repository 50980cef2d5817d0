import { z } from 'zod'
import { line, prose, wholeNumber } from './text'

/** A category of the menu. */
export const categoryDocument = z.strictObject({
  name: line(100, 'Write what guests read above its dishes.'),
  description: prose(2000),
  isActive: z.boolean(),
  /** Its place on the menu, from 0. */
  sortOrder: wholeNumber(0, 10_000, 'places'),
})
export type Category = z.output<typeof categoryDocument>
