import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type PeopleView, peopleHref, readPeopleView } from './search-params'

const paramsOf = (href: string) =>
  Object.fromEntries(new URL(href, 'http://localhost').searchParams) as Record<string, string>

it('brings a view back from its own URL', () => {
  const view = fc.record<PeopleView>({
    search: fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => readPeopleView({ q: text }).search),
    role: fc.constantFrom(null, 'admin', 'manager', 'kitchen'),
    restaurant: fc.constantFrom(null, 'berlin', 'new-york'),
    isActive: fc.boolean(),
    after: fc.option(fc.integer({ min: 1, max: 999_999_999 })),
  })
  fc.assert(
    fc.property(view, (given) => {
      expect(readPeopleView(paramsOf(peopleHref(given, { after: given.after })))).toEqual(given)
    }),
  )
})

it('reads nonsense as the whole list', () => {
  const whole = { search: '', role: null, restaurant: null, isActive: true, after: null }
  expect(readPeopleView({ role: 'king', show: 'all', after: '-1', q: ['a', 'b'] })).toEqual(whole)
  expect(readPeopleView({ after: '1e9', q: '\u0000\ud800' })).toEqual(whole)
})

it('begins a changed list at its first page', () => {
  const view = readPeopleView({ q: 'mia', after: '7' })
  expect(peopleHref(view)).toBe('/admin/people?q=mia')
  expect(peopleHref(view, { role: 'admin' })).toBe('/admin/people?q=mia&role=admin')
})
