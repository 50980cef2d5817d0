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

it('leads managers to a restaurant’s stock and report, and to customers, and the kitchen to none of them', () => {
  expect(hrefs('manager', 'oslo stock count')).toEqual(['/inventory/oslo/counts'])
  expect(hrefs('manager', 'oslo purchase')).toEqual(['/inventory/oslo/orders'])
  expect(hrefs('manager', 'oslo alerts')).toEqual(['/inventory/alerts?restaurant=oslo'])
  expect(hrefs('manager', 'oslo report')).toEqual(['/reports/oslo'])
  for (const part of ['waste', 'transfers', 'variance'])
    expect(hrefs('manager', `oslo ${part}`)).toEqual([`/inventory/oslo/${part}`])
  expect(hrefs('manager', 'oslo')).toHaveLength(12)
  expect(hrefs('manager', 'customers')).toEqual(['/customers'])
  expect(hrefs('manager', 'reports')).toEqual(['/reports'])
  for (const words of ['oslo stock', 'oslo report', 'customers', 'reports'])
    expect(hrefs('kitchen', words)).toEqual([])
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
