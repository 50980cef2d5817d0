import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pageNumbers } from './page-numbers'

describe('page numbers', () => {
  test('leave gaps only where at least two pages are left out', () => {
    expect(pageNumbers(1, 1)).toEqual([1])
    expect(pageNumbers(1, 21)).toEqual([1, 2, null, 21])
    expect(pageNumbers(4, 21)).toEqual([1, 2, 3, 4, 5, null, 21])
    expect(pageNumbers(10, 21)).toEqual([1, 2, null, 9, 10, 11, null, 21])
    expect(pageNumbers(19, 21)).toEqual([1, 2, null, 18, 19, 20, 21])
  })

  test('always rise, hold both ends and the current page, and stay few', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }), (a, b) => {
        const [page, pages] = [Math.min(a, b), Math.max(a, b)]
        const shown = pageNumbers(page, pages)
        const numbers = shown.filter((number) => number !== null)
        expect(numbers).toEqual([...new Set(numbers)].sort((x, y) => x - y))
        expect(numbers).toEqual(expect.arrayContaining([1, page, pages]))
        expect(shown.length).toBeLessThanOrEqual(9)
      }),
    )
  })
})
