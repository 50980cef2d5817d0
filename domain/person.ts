import { z } from 'zod'
import { emailSchema } from './sign-in'
import { ROLES } from './vocabulary'

const nameSchema = z
  .string()
  .trim()
  .min(1, 'Write the name that others know them by.')
  .max(200, 'Use at most 200 characters.')

/** The name of the box that puts a person into a restaurant: each has its own, since a form's fields do. */
export const restaurantField = (id: number): string => `at-${id}`

const RESTAURANT_FIELD = /^at-([1-9]\d{0,8})$/

const restaurantsIn = (fields: object): number[] =>
  Object.keys(fields).flatMap((name) => {
    const id = RESTAURANT_FIELD.exec(name)?.[1]
    return id ? [Number(id)] : []
  })

const person = z.looseObject({ name: nameSchema, role: z.enum(ROLES, 'Choose what they may do.') })

/** Asked of whatever was sent: what is no form at all is refused for that. */
const worksSomewhere = (sent: unknown) =>
  typeof sent !== 'object' ||
  sent === null ||
  ('role' in sent && sent.role === 'admin') ||
  restaurantsIn(sent).length > 0

const SOMEWHERE = {
  path: ['restaurants'],
  message: 'Choose at least one restaurant: without one they see nothing.',
  // Said beside what else is wrong, and not only once that was put right.
  when: () => true,
}

/** A new person as their form sends them, with `restaurantIds` of the boxes that were ticked. Only admins need none. */
export const newPersonSchema = person
  .extend({ email: emailSchema })
  .refine(worksSomewhere, SOMEWHERE)
  .transform(({ name, role, email, ...fields }) => ({
    name,
    role,
    email,
    restaurantIds: restaurantsIn(fields),
  }))

/** A person as their form changes them; `version` is the one that the form showed. */
export const changedPersonSchema = person
  .extend({ userId: z.coerce.number().int().min(1).max(999_999_999), version: z.string().max(40) })
  .refine(worksSomewhere, SOMEWHERE)
  .transform(({ name, role, userId, version, ...fields }) => ({
    name,
    role,
    userId,
    version,
    restaurantIds: restaurantsIn(fields),
  }))
