import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { STOCK_FILTERS, STOCK_SORTS } from '@/db/queries/stock'
import { STORAGE_AREAS } from '@/domain/vocabulary'
import { readStockView, stockHref } from './search-params'

const read = (href: string) => readStockView(Object.fromEntries(new URL(href, 'http://own').searchParams))
const usual = readStockView({})

describe('the stock list’s URL', () => {
  test('says what is shown, and nothing more', () => {
    expect(stockHref('berlin', usual)).toBe('/inventory/berlin')
    expect(stockHref('berlin', usual, { filter: 'low', supplierId: 7, after: '3:4' })).toBe(
      '/inventory/berlin?supplier=7&show=low&after=3%3A4',
    )
    expect(stockHref('berlin', { ...usual, after: '3:4' }, { sort: 'name' })).toBe(
      '/inventory/berlin?sort=name',
    )
  })

  test('is read back as it was written', () => {
    const view = fc.record({
      search: fc.constantFrom('', 'tom', 'Crème fraîche & co'),
      supplierId: fc.option(fc.integer({ min: 1, max: 999_999_999 })),
      storageArea: fc.option(fc.constantFrom(...STORAGE_AREAS)),
      filter: fc.constantFrom(...STOCK_FILTERS),
      sort: fc.constantFrom(...STOCK_SORTS),
      descending: fc.boolean(),
      after: fc.option(fc.constantFrom('1:5', '12:Basil & thyme', '7:')),
    })
    fc.assert(
      fc.property(view, (given) => {
        expect(read(stockHref('berlin', given, { after: given.after }))).toEqual(given)
      }),
    )
  })

  test('takes what is malformed or there twice for not there', () => {
    expect(
      readStockView({
        q: ['a', 'b'],
        supplier: '1e3',
        area: 'cellar',
        show: 'constructor',
        sort: 'price; --',
        order: 'up',
        after: 'x'.repeat(301),
      }),
    ).toEqual(usual)
  })
})
