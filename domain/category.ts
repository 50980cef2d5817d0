import { z } from 'zod'
import { tick, ticked } from './form-fields'
import type { FormValues } from './form-values'
import { line, prose, wholeNumber } from './text'

const MOST_PLACES = 10_000

/** A category of the menu. */
export const categoryDocument = z.strictObject({
  name: line(100, 'Write what guests read above its dishes.'),
  description: prose(2000),
  isActive: z.boolean(),
  /** Its place on the menu, from 0. */
  sortOrder: wholeNumber(0, MOST_PLACES, 'places'),
})
export type Category = z.output<typeof categoryDocument>

/** What a category's form sends; people count places from 1. */
export const categoryForm = z.object({
  name: categoryDocument.shape.name,
  description: categoryDocument.shape.description,
  isActive: ticked,
  sortOrder: wholeNumber(1, MOST_PLACES + 1, 'places').transform((place) => place - 1),
})

/** What the form of a category begins with. */
export const categoryValues = ({ name, description, isActive, sortOrder }: Category): FormValues => ({
  name,
  description,
  sortOrder: String(sortOrder + 1),
  ...tick('isActive', isActive),
})
