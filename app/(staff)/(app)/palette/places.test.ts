import { expect, it } from 'vitest'
import type { Person } from '@/domain/scope'
import { placesFor } from './places'
import { readTyped } from './typed'

const personOf = (role: Person['role']) =>
  ({
    role,
    restaurants: [
      { slug: 'zurich', name: 'Zürich' },
      { slug: 'oslo', name: 'Oslo' },
    ],
  }) as unknown as Person

const hrefs = (role: Person['role'], text: string) =>
  placesFor(personOf(role), readTyped(text).words).map(({ href }) => href)

it('offers each role the pages that it may open', () => {
  expect(hrefs('admin', 'people')).toEqual(['/admin/people'])
  expect(hrefs('manager', 'people')).toEqual([])
  expect(hrefs('manager', 'devices')).toEqual(['/admin/devices'])
  expect(hrefs('kitchen', 'admin')).toEqual([])
  expect(hrefs('kitchen', '')).not.toContain('/inventory/alerts')
  expect(hrefs('manager', '')).toContain('/inventory/alerts')
})

it('leads into a restaurant by its name and what one wants there, accents aside', () => {
  expect(hrefs('kitchen', 'zurich wall')).toEqual(['/kitchen/zurich'])
  expect(hrefs('kitchen', 'new order oslo')).toEqual(['/orders/oslo/new'])
  expect(hrefs('kitchen', 'tokyo')).toEqual([])
})

it('knows an order by its number and by what people call', () => {
  expect(readTyped(' ord20261122ab12cd34 ')).toMatchObject({
    orderNumber: 'ORD20261122AB12CD34',
    callNumber: null,
  })
  expect(readTyped('#12')).toEqual({ words: ['12'], orderNumber: null, callNumber: 12 })
  expect(readTyped('12 angry men').callNumber).toBeNull()
  expect(readTyped('\u0000\ud800').words).toEqual([])
})
