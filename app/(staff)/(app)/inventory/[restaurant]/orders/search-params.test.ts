import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PURCHASE_STATUSES } from '@/domain/vocabulary'
import { purchasesHref, readPurchasesView } from './search-params'

const NOTHING = { status: null, supplierId: null, before: null }

describe('the URL of purchase orders', () => {
  test('is read back as it was written', () => {
    const number = fc.option(fc.integer({ min: 1, max: 999_999_999 }))
    const views = fc.record({
      status: fc.option(fc.constantFrom(...PURCHASE_STATUSES)),
      supplierId: number,
      before: number,
    })
    fc.assert(
      fc.property(views, (view) => {
        const { searchParams } = new URL(purchasesHref('berlin', view), 'http://own')
        expect(readPurchasesView(Object.fromEntries(searchParams))).toEqual(view)
      }),
    )
    expect(purchasesHref('berlin', NOTHING)).toBe('/inventory/berlin/orders')
  })

  test.each(['0', '-1', '99999999999', "1' or 1=1", '', 'lost'])(
    'takes what is malformed (%s) for nothing',
    (text) => {
      expect(readPurchasesView({ status: text, supplier: text, before: text })).toEqual(NOTHING)
      expect(readPurchasesView({ status: ['sent', 'draft'], supplier: ['1', '2'] })).toEqual(NOTHING)
    },
  )
})
