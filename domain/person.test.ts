import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nestedValues } from './form-values'
import { changedPersonSchema, newPersonSchema, personForm, personValues } from './person'

const MIA = { name: ' Mia ', email: ' Mia@Example.com', role: 'manager' }

it('reads a form with a box a restaurant, and leaves out what is no such box', () => {
  const read = newPersonSchema.parse({
    ...MIA,
    restaurants: { r12: 'on', r3: 'on', r0: 'on', x: 'on', r99999999999: 'on' },
  })
  expect(read).toEqual({ name: 'Mia', email: 'mia@example.com', role: 'manager', restaurantIds: [3, 12] })
})

it('comes back from its form as it went there', () => {
  const doc = { name: 'Mia', role: 'manager', restaurantIds: [3, 12] } as const
  const sent = nestedValues(Object.entries(personValues({ ...doc, restaurantIds: [3, 12] })))
  expect(personForm.parse(sent)).toEqual(doc)
})

it('says all that is wrong at once', () => {
  const { error } = newPersonSchema.safeParse({ name: ' ', email: 'mia', role: 'king' })
  expect(error?.issues.map(({ path }) => path.join('.')).sort()).toEqual([
    'email',
    'name',
    'restaurants',
    'role',
  ])
})

it('lets an admin do without a restaurant, and nobody else', () => {
  expect(newPersonSchema.safeParse({ ...MIA, role: 'admin' }).success).toBe(true)
  expect(newPersonSchema.safeParse(MIA).success).toBe(false)
})

it('answers whatever a form may send without throwing', () => {
  const anything = fc.dictionary(
    fc.constantFrom('name', 'email', 'role', 'id', 'base', 'restaurants', '__proto__', 'constructor'),
    fc.anything(),
  )
  fc.assert(
    fc.property(fc.oneof(anything, fc.anything()), (input) => {
      for (const schema of [newPersonSchema, changedPersonSchema]) {
        const read = schema.safeParse(input)
        if (!read.success) continue
        expect(read.data.name.trim()).not.toBe('')
        expect(read.data.restaurantIds.every((id) => Number.isInteger(id) && id > 0)).toBe(true)
      }
    }),
    { numRuns: 10_000 },
  )
})
