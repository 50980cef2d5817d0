import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MENU_SORTS } from '@/db/queries/menu-list'
import { DIETS } from '@/domain/vocabulary'
import { isFiltered, type MenuView, menuHref, readMenuView, withoutFilters } from './search-params'

const USUAL: MenuView = {
  restaurant: null,
  status: 'available',
  sort: 'popularity',
  descending: true,
  page: 1,
  categoryId: null,
  search: '',
  minPrice: null,
  maxPrice: null,
  maxPrepMinutes: null,
  diet: null,
}
const read = (href: string) =>
  readMenuView(Object.fromEntries(new URL(href, 'http://own').searchParams), 'EUR')
const id = fc.integer({ min: 1, max: 999_999_999 })
const cents = fc.option(fc.integer({ min: 0, max: 1_000_000_000 }))
const someView = fc
  .record({
    restaurant: fc.option(fc.stringMatching(/^[a-z0-9]+(-[a-z0-9]+)*$/)),
    status: fc.constantFrom('available' as const, 'eighty_sixed' as const),
    sort: fc.constantFrom(...MENU_SORTS),
    descending: fc.boolean(),
    page: id,
    categoryId: fc.option(id),
    search: fc.stringMatching(/^[^\s\p{Cc}]([^\p{Cc}]{0,40}[^\s\p{Cc}])?$/u),
    minPrice: cents,
    maxPrice: cents,
    maxPrepMinutes: fc.option(id),
    diet: fc.option(fc.constantFrom(...DIETS)),
  })
  .map((view): MenuView => ({ ...view, status: view.restaurant ? view.status : 'available' }))

describe('the menu’s URL', () => {
  test('says what is shown, and nothing more', () => {
    expect(menuHref(USUAL, 'EUR')).toBe('/menu')
    const view: MenuView = {
      restaurant: 'berlin',
      status: 'eighty_sixed',
      sort: 'price',
      descending: true,
      page: 2,
      categoryId: 3,
      search: 'sea & bass',
      minPrice: 1000,
      maxPrice: 2550,
      maxPrepMinutes: 20,
      diet: 'gluten_free',
    }
    expect(menuHref(view, 'EUR')).toBe(
      '/menu?restaurant=berlin&show=86&category=3&q=sea+%26+bass&min=10&max=25.50&prep=20&diet=gluten_free&sort=-price&page=2',
    )
  })

  test('is read back as it was written', () => {
    fc.assert(
      fc.property(someView, (view) => {
        expect(read(menuHref(view, 'EUR'))).toEqual(view)
      }),
    )
  })

  test('takes whatever is malformed for the default, and never throws', () => {
    const anything = fc.oneof(fc.string(), fc.array(fc.string()), fc.constant(undefined))
    const names = ['restaurant', 'show', 'category', 'q', 'min', 'max', 'prep', 'sort', 'page']
    const params = fc.record(Object.fromEntries(names.map((name) => [name, anything])))
    fc.assert(
      fc.property(params, (given) => {
        const view = readMenuView(given, 'EUR')
        expect(read(menuHref(view, 'EUR'))).toEqual(view)
      }),
    )
  })

  test.each(['0', '-1', '1.5', '99999999999', 'x', "1' or 1=1", '1e3', '٣'])(
    'takes a malformed number (%s) for none',
    (text) => {
      expect(readMenuView({ category: text, page: text, prep: text, sort: text }, 'EUR')).toEqual(USUAL)
    },
  )

  test('takes a parameter that is there twice for none', () => {
    const twice = ['1', '2']
    expect(readMenuView({ category: twice, page: twice, q: twice, min: twice, sort: twice }, 'EUR')).toEqual(
      USUAL,
    )
  })

  test('looks for words without what a database or a browser chokes on', () => {
    expect(read('/menu?q=sea%00bass%0d%0a').search).toBe('sea bass')
    expect(readMenuView({ q: 'a\ud800' }, 'EUR').search).toBe('a')
    expect(readMenuView({ q: 'x'.repeat(5000) }, 'EUR').search).toHaveLength(100)
  })

  test('shows what is 86’d for a restaurant only', () => {
    expect(read('/menu?show=86').status).toBe('available')
    expect(read('/menu?show=86&restaurant=berlin').status).toBe('eighty_sixed')
  })

  test('knows a filtered view from a whole one', () => {
    fc.assert(
      fc.property(someView, (view) => {
        const whole = withoutFilters(view)
        expect(isFiltered(whole)).toBe(false)
        expect(whole).toEqual({ ...USUAL, ...pick(view) })
      }),
    )
    expect(isFiltered({ ...USUAL, minPrice: 0 })).toBe(true)
  })
})

const pick = ({ restaurant, status, sort, descending }: MenuView) => ({
  restaurant,
  status,
  sort,
  descending,
})
