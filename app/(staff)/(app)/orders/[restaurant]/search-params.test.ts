import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CHANNELS, ORDER_STATUSES } from '@/domain/vocabulary'
import {
  isFiltered,
  type OrdersView,
  ordersHref,
  ordersParams,
  readOrdersView,
  searchedOrderNumber,
} from './search-params'

const USUAL: OrdersView = { day: null, search: '', channel: null, status: null, before: null }
const read = (href: string) => readOrdersView(Object.fromEntries(new URL(href, 'http://own').searchParams))
const someView = fc.record({
  day: fc.option(
    fc
      .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
  ),
  search: fc.stringMatching(/^[^\s\p{Cc}]([^\p{Cc}]{0,40}[^\s\p{Cc}])?$/u),
  channel: fc.option(fc.constantFrom(...CHANNELS)),
  status: fc.option(fc.constantFrom(...ORDER_STATUSES)),
  before: fc.option(fc.integer({ min: 1, max: 999_999_999 })),
})

describe('the URL of a day’s orders', () => {
  test('says what is shown, and nothing more', () => {
    expect(ordersHref('berlin', USUAL)).toBe('/orders/berlin')
    const view: OrdersView = {
      day: '2026-03-14',
      search: 'sea & bass',
      channel: 'takeaway',
      status: 'ready',
      before: 41,
    }
    expect(ordersHref('berlin', view, { before: 20 })).toBe(
      '/orders/berlin?day=2026-03-14&q=sea+%26+bass&channel=takeaway&status=ready&before=20',
    )
  })

  test('begins at the first page whenever a filter changes', () => {
    expect(ordersHref('berlin', { ...USUAL, before: 41 }, { status: 'ready' })).toBe(
      '/orders/berlin?status=ready',
    )
  })

  test('is read back as it was written', () => {
    fc.assert(
      fc.property(someView, (view) => {
        expect(read(ordersHref('berlin', view, { before: view.before }))).toEqual(view)
      }),
    )
  })

  test('takes whatever is malformed for the default, and never throws', () => {
    const anything = fc.oneof(fc.string(), fc.array(fc.string()), fc.constant(undefined))
    const names = ['day', 'q', 'channel', 'status', 'before']
    fc.assert(
      fc.property(fc.record(Object.fromEntries(names.map((name) => [name, anything]))), (given) => {
        const view = readOrdersView(given)
        expect(readOrdersView(ordersParams(view))).toEqual(view)
      }),
    )
  })

  test.each(['2026-02-30', '2026-13-01', '0000-01-01', '9999-01-01', 'today', '2026-3-4'])(
    'takes a day that there is not (%s) for today',
    (day) => {
      expect(readOrdersView({ day })).toEqual(USUAL)
    },
  )

  test('knows an order number from other words', () => {
    expect(searchedOrderNumber({ ...USUAL, search: 'ord20260314ab12cd34' })).toBe('ord20260314ab12cd34')
    expect(searchedOrderNumber({ ...USUAL, search: 'ORD20260314AB12CD34 x' })).toBeNull()
    expect(isFiltered(USUAL)).toBe(false)
    expect(isFiltered({ ...USUAL, day: '2026-03-14' })).toBe(false)
    expect(isFiltered({ ...USUAL, search: '7' })).toBe(true)
  })
})
