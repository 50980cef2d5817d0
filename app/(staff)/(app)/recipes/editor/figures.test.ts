import { describe, expect, test } from 'vitest'
import type { IngredientChoice } from '@/db/queries/recipe-choices'
import { roundedCents } from '@/domain/plate-cost'
import { blankRow, figuresOf, ingredientsByName, rescaled, rowOf, type TypedRow } from './figures'
import { linesIn, portionsIn, stepsIn } from './values'

const choice = (
  id: number,
  name: string,
  unit: IngredientChoice['unit'],
  unitPrice: string,
): IngredientChoice => ({
  id,
  name,
  unit,
  unitPrice,
  allergens: [],
  animalSources: null,
})
const known = ingredientsByName([
  choice(1, 'Crème fraîche', 'kg', '500'),
  choice(2, 'Eggs', 'pcs', '25.5'),
  choice(3, 'creme fraiche', 'l', '1'),
])
const row = (ingredient: string, quantity: string, unit: TypedRow['unit'], portions = 1): TypedRow =>
  rowOf({ ingredient, quantity, unit, notes: '' }, portions)

describe('a line that is typed', () => {
  test('costs what its portion does, whatever its case, accents and unit', () => {
    const { cost, portion } = figuresOf(row('CREME  fraîche', '1', 'kg', 10), 10, known)
    expect(portion).toMatchObject({ quantity: '0.1', isExact: true })
    expect(roundedCents(cost ?? 0n)).toBe(50)
  })

  test.each([
    ['of nothing known', row('Cream', '1', 'kg')],
    ['without an amount', row('Eggs', 'two', 'pcs')],
    ['that can’t be kept', row('Crème fraîche', '0.5', 'g')],
    ['in a unit of another kind', row('Eggs', '1', 'kg')],
  ])('%s has no cost yet', (_, typed) => {
    expect(figuresOf(typed, 1, known)).toMatchObject({ portion: null, cost: null })
  })

  test('is scaled from what was written, and as it was written again at the end', () => {
    const written = row('Crème fraîche', '1', 'kg', 3)
    const one = rescaled(written, 1, known)
    expect(one).toMatchObject({ quantity: '333', unit: 'g' })
    expect(rescaled(one, 300, known)).toMatchObject({ quantity: '99.9', unit: 'kg' })
    expect(rescaled(rescaled(one, 300, known), 3, known)).toEqual(written)
  })

  test('that is no amount is left as it is', () => {
    expect(rescaled(row('Eggs', 'two', 'pcs'), 5, known)).toMatchObject({ quantity: 'two', unit: 'pcs' })
    expect(rescaled(row('Something', '2', ''), 5, known)).toMatchObject({ quantity: '10', unit: '' })
    expect(rescaled(blankRow(1), 5, known)).toMatchObject({ quantity: '', unit: '' })
  })
})

describe('the rows that a form begins with', () => {
  test('are those of its values, one of them empty', () => {
    const values = {
      'lines.portions': '4',
      'lines.0.ingredient': 'Eggs',
      'lines.0.quantity': '8',
      'steps.0': 'Boil.',
    }
    expect(linesIn(values, 1)).toEqual([{ ...row('Eggs', '8', '', 4), notes: '' }, blankRow(4)])
    expect(linesIn({}, 6)).toHaveLength(6)
    expect(stepsIn(values, 1)).toEqual([{ text: 'Boil.' }, { text: '' }])
  })

  test('are not more each time, but when more are asked for', () => {
    const values = { 'lines.0.ingredient': 'Eggs', 'lines.1.ingredient': '', 'lines.1.unit': 'kg' }
    expect(linesIn(values, 1)).toHaveLength(2)
    expect(linesIn({ ...values, more: 'lines' }, 1)).toHaveLength(7)
    expect(linesIn({ ...values, more: 'steps' }, 1)).toHaveLength(2)
  })
})

test.each([
  ['1', 1],
  [' 12 ', 12],
  ['1000', 1000],
  ['1001', null],
  ['0', null],
  ['', null],
  ['1.5', null],
])('%j portions are %s', (text, portions) => {
  expect(portionsIn(text)).toBe(portions)
})
