import { describe, expect, test } from 'vitest'
import { headerProblem, recipeOfCells } from './recipe-cells'

const HEADER = ['title', 'cuisine', 'prep_time', 'chef', 'chef_experience', 'ingredients', 'method']
const rowWith = (ingredients: string, method = '') =>
  recipeOfCells(HEADER, ['Pesto', 'Ligurian', '25', 'Elena', '14', ingredients, method])

describe('a recipe in CSV', () => {
  test('has columns in any order and case', () => {
    expect(headerProblem(HEADER)).toBeNull()
    expect(headerProblem([' Title ', 'METHOD', ...HEADER.slice(1, 6), 'row', 'reason'])).toBeNull()
  })

  test.each([
    [['title;cuisine;chef'], /missing: title, cuisine/],
    [[...HEADER, 'color'], /don't have: "color"/],
    [[...HEADER, 'Title'], /a column twice: title/],
    [[''], /missing: title/],
  ])('is refused with the header %j', (header, problem) => {
    expect(headerProblem(header)).toMatch(problem)
  })

  test('has one ingredient a line or between bars: quantity, unit, name, allergens, notes', () => {
    expect(
      rowWith('0.02 kg Extra virgin  olive oil|1 pcs Egg [eggs, milk]; beaten; cold\n2 g Salt ; '),
    ).toMatchObject({
      prep_time: 25,
      ingredients: [
        { quantity: '0.02', unit: 'kg', name: 'Extra virgin olive oil' },
        { quantity: '1', unit: 'pcs', name: 'Egg', allergens: ['eggs', 'milk'], notes: ' beaten; cold' },
        { quantity: '2', unit: 'g', name: 'Salt' },
      ],
    })
  })

  test('leaves what it does not understand to the check', () => {
    expect(rowWith('salt')).toMatchObject({ ingredients: [{ name: 'salt' }] })
    expect(recipeOfCells(HEADER, ['', '', 'soon', '', '', '', 'Stir.\r\nServe.'])).toEqual({
      prep_time: 'soon',
      method: ['Stir.', 'Serve.'],
    })
    expect(recipeOfCells(HEADER, ['Pesto'])).toBeNull()
  })

  test('reads a hostile cell in no more than linear time', () => {
    for (const filling of ['a ', ' ', 'a', '1 g a [', '; '])
      expect(rowWith(`1 g a${filling.repeat(200_000)}[`)?.ingredients).toHaveLength(1)
  })
})
