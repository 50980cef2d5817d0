import { describe, expect, it } from 'vitest'
import { ingredientsHref, isFiltered, readIngredientView } from './search-params'

describe('the list of ingredients in its URL', () => {
  it.each([
    '/admin/ingredients',
    '/admin/ingredients?q=flour&supplier=3&gap=no_price&show=inactive&page=2',
    '/admin/ingredients?gap=not_assigned',
  ])('%s reads as what it was written from', (href) => {
    const view = readIngredientView(Object.fromEntries(new URL(href, 'http://x').searchParams))
    expect(ingredientsHref(view, { page: view.page })).toBe(href)
    expect(isFiltered(view)).toBe(href.includes('?'))
  })

  it('begins at the first page when a filter changes, and takes what is malformed for not there', () => {
    const view = readIngredientView({ page: '5', supplier: '1e3', gap: 'rotten', q: ['a', 'b'] })
    expect(view).toEqual({ search: '', supplierId: null, gap: null, isActive: true, page: 5 })
    expect(ingredientsHref(view, { gap: 'no_price' })).toBe('/admin/ingredients?gap=no_price')
  })
})
