import { z } from 'zod'
import { tick } from './form-fields'
import type { FormValues } from './form-values'
import { jsonField } from './json-field'
import { emailSchema } from './sign-in'
import { idSchema } from './text'
import { ROLES } from './vocabulary'

const nameSchema = z
  .string()
  .trim()
  .min(1, 'Write the name that others know them by.')
  .max(200, 'Use at most 200 characters.')

/** What an admin decides about a person. `restaurantIds`: of the active restaurants those that they work in, ascending. */
const personDocument = z.strictObject({
  name: nameSchema,
  role: z.enum(ROLES),
  restaurantIds: z.array(idSchema).max(10_000),
})
export type PersonDocument = z.output<typeof personDocument>

/** The name of the box that puts a person into a restaurant. */
export const restaurantField = (id: number): string => `restaurants.r${id}`

const BOX = /^r([1-9]\d{0,8})$/

/** The restaurant of a box by its name or by its last part; null for what is none. */
export function restaurantOf(name: string): number | null {
  const digits = BOX.exec(name.split('.').at(-1) ?? '')?.[1]
  return digits ? Number(digits) : null
}

const boxes = z
  .record(z.string(), z.unknown(), { error: 'Tick some of these.' })
  .default({})
  .transform((ticked) =>
    Object.keys(ticked)
      .flatMap((name) => restaurantOf(name) ?? [])
      .sort((one, other) => one - other),
  )

const fields = z.object({
  name: nameSchema,
  role: z.enum(ROLES, 'Choose what they may do.'),
  restaurants: boxes,
})

/** Asked of whatever was sent: what is no form at all is refused for that. */
const worksSomewhere = (sent: unknown) =>
  typeof sent !== 'object' ||
  sent === null ||
  ('role' in sent && sent.role === 'admin') ||
  ('restaurants' in sent && Array.isArray(sent.restaurants) && sent.restaurants.length > 0)

const SOMEWHERE = {
  path: ['restaurants'],
  message: 'Choose at least one restaurant: without one they see nothing.',
  // Said beside what else is wrong, and not only once that was put right.
  when: () => true,
}

type Typed = z.output<typeof fields>
const toDocument = <T extends Typed>({ restaurants, ...rest }: T) => ({ ...rest, restaurantIds: restaurants })

/** A person as their form sends them. Only admins need no restaurant. */
export const personForm = fields.refine(worksSomewhere, SOMEWHERE).transform(toDocument)

/** A new person, with the address to which they are invited. */
export const newPersonSchema = fields
  .extend({ email: emailSchema })
  .refine(worksSomewhere, SOMEWHERE)
  .transform(toDocument)

/** A person who is changed, with what the form began with. */
export const changedPersonSchema = fields
  .extend({ id: idSchema, base: jsonField(personDocument, 200_000) })
  .refine(worksSomewhere, SOMEWHERE)
  .transform(toDocument)

/** What the form's fields begin with. */
export const personValues = ({ name, role, restaurantIds }: PersonDocument): FormValues => ({
  name,
  role,
  ...Object.assign({}, ...restaurantIds.map((id) => tick(restaurantField(id), true))),
})
