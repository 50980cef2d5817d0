import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ALL_ALERTS, alertsHref, readAlertsView } from './search-params'

const read = (href: string) => readAlertsView(Object.fromEntries(new URL(href, 'http://own').searchParams))

describe('the alerts page’s URL', () => {
  test('says what is shown, and nothing more', () => {
    expect(alertsHref(ALL_ALERTS)).toBe('/inventory/alerts')
    expect(alertsHref({ ...ALL_ALERTS, restaurant: 'berlin', supplierId: 7, page: 2 })).toBe(
      '/inventory/alerts?restaurant=berlin&supplier=7&page=2',
    )
    expect(
      alertsHref({ ...ALL_ALERTS, withAnswered: true, answering: { restaurantId: 1, ingredientId: 5 } }),
    ).toBe('/inventory/alerts?show=all&answer=1-5')
  })

  test('is read back as it was written', () => {
    const id = fc.integer({ min: 1, max: 999_999_999 })
    const view = fc.record({
      restaurant: fc.option(fc.stringMatching(/^[a-z0-9]+(-[a-z0-9]+)*$/)),
      supplierId: fc.option(id),
      page: id,
      withAnswered: fc.boolean(),
      answering: fc.option(fc.record({ restaurantId: id, ingredientId: id })),
    })
    fc.assert(
      fc.property(view, (given) => {
        expect(read(alertsHref(given))).toEqual(given)
      }),
    )
  })

  test.each(['0', '-1', '1.5', '99999999999', 'x', "1' or 1=1", '', '1e3', '1-2-3', '1-0'])(
    'takes a malformed number (%s) for none',
    (text) => {
      expect(readAlertsView({ supplier: text, page: text, show: text, answer: text })).toEqual(ALL_ALERTS)
    },
  )

  test('takes a parameter that is there twice for none', () => {
    const twice = ['1', '2']
    expect(
      readAlertsView({ restaurant: ['a', 'b'], supplier: twice, page: twice, show: twice, answer: twice }),
    ).toEqual(ALL_ALERTS)
  })
})
