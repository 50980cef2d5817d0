import { expect, test } from 'vitest'
import { readPortions, readRecipeId, recipeHref } from './search-params'

test.each(['0', '-1', '1.5', 'x', '', '9999999999', '1e3', '٣', '1 ', "1' or 1=1"])(
  'takes %j for no recipe and for one portion',
  (text) => {
    expect(readRecipeId(text)).toBeNull()
    expect(readPortions(text)).toBe(1)
  },
)

test('reads a recipe and as many portions as can be cooked', () => {
  expect(readRecipeId('50000')).toBe(50_000)
  expect(readPortions('1000')).toBe(1000)
  expect(readPortions('1001')).toBe(1)
  expect(readPortions(['4', '5'])).toBe(1)
  expect(readPortions(undefined)).toBe(1)
})

test('writes the portions into the URL where there is more than one', () => {
  expect(recipeHref(3)).toBe('/recipes/3')
  expect(recipeHref(3, 4)).toBe('/recipes/3?portions=4')
})
