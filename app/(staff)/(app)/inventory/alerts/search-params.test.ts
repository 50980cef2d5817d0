import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alertsHref, readAlertsView } from './search-params'

const read = (href: string) => readAlertsView(Object.fromEntries(new URL(href, 'http://own').searchParams))

describe('the alerts page’s URL', () => {
  test('says what is shown, and nothing more', () => {
    expect(alertsHref({ restaurant: null, supplierId: null, page: 1 })).toBe('/inventory/alerts')
    expect(alertsHref({ restaurant: 'berlin', supplierId: 7, page: 2 })).toBe(
      '/inventory/alerts?restaurant=berlin&supplier=7&page=2',
    )
  })

  test('is read back as it was written', () => {
    const view = fc.record({
      restaurant: fc.option(fc.stringMatching(/^[a-z0-9]+(-[a-z0-9]+)*$/)),
      supplierId: fc.option(fc.integer({ min: 1, max: 999_999_999 })),
      page: fc.integer({ min: 1, max: 999_999_999 }),
    })
    fc.assert(
      fc.property(view, (given) => {
        expect(read(alertsHref(given))).toEqual(given)
      }),
    )
  })

  test.each(['0', '-1', '1.5', '99999999999', 'x', "1' or 1=1", '', '1e3'])(
    'takes a malformed number (%s) for none',
    (text) => {
      expect(readAlertsView({ supplier: text, page: text })).toEqual({
        restaurant: null,
        supplierId: null,
        page: 1,
      })
    },
  )

  test('takes a parameter that is there twice for none', () => {
    expect(readAlertsView({ restaurant: ['a', 'b'], supplier: ['1', '2'], page: ['1', '2'] })).toEqual({
      restaurant: null,
      supplierId: null,
      page: 1,
    })
  })
})
