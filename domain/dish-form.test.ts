import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dishForm, dishValues, marginOf, recipeNumber } from './dish-form'
import { type MenuItem, MOST_PRICE } from './menu-item'
import { STATIONS } from './vocabulary'

const form = dishForm('EUR')
const VALID = {
  name: 'Tagliata',
  price: '24,50',
  categoryId: '3',
  recipeId: '12 · Tagliata',
  station: 'grill',
  prepMinutes: '14',
}
const slips = (values: object) =>
  Object.fromEntries(
    (form.safeParse({ ...VALID, ...values }).error?.issues ?? []).map(({ path, message }) => [
      path.join('.'),
      message,
    ]),
  )

describe('the form of a dish', () => {
  test('reads a dish, with what was left empty as nothing', () => {
    expect(form.parse(VALID)).toEqual({
      name: 'Tagliata',
      description: '',
      price: 2450,
      categoryId: 3,
      recipeId: 12,
      station: 'grill',
      prepMinutes: 14,
      calories: null,
      isAvailable: false,
      isFeatured: false,
      photo: null,
    })
  })

  test('says at each field what to write', () => {
    expect(slips({})).toEqual({})
    expect(Object.keys(slips({ name: ' ', station: 'roof', prepMinutes: 'soon' }))).toEqual([
      'name',
      'station',
      'prepMinutes',
    ])
    expect(slips({ price: 'a lot', categoryId: '', recipeId: 'Tagliata' })).toEqual({
      price: 'Write a price up to €100,000.00, such as 12.50.',
      categoryId: 'Choose the category that it stands in.',
      recipeId: 'Choose one of the recipes that are suggested, or write its number.',
    })
  })

  test('reads back every dish that it shows', () => {
    const dish = fc.record<MenuItem>({
      name: fc.stringMatching(/^[A-Za-z]{1,40}$/),
      description: fc.stringMatching(/^[a-z]{0,40}$/),
      price: fc.integer({ min: 0, max: MOST_PRICE }),
      categoryId: fc.integer({ min: 1, max: 999_999_999 }),
      recipeId: fc.option(fc.integer({ min: 1, max: 999_999_999 })),
      station: fc.constantFrom(...STATIONS),
      prepMinutes: fc.integer({ min: 0, max: 1440 }),
      calories: fc.option(fc.integer({ min: 0, max: 100_000 })),
      isAvailable: fc.boolean(),
      isFeatured: fc.boolean(),
      photo: fc.option(fc.stringMatching(/^[0-9a-f]{64}$/)),
    })
    fc.assert(
      fc.property(dish, fc.constantFrom('EUR', 'JPY', 'BHD'), (shown, currency) => {
        expect(dishForm(currency).parse(dishValues(currency)(shown))).toEqual(shown)
      }),
    )
  })

  test('takes or refuses whatever is sent, and never throws', () => {
    const anything = fc.dictionary(
      fc.constantFrom(...Object.keys(VALID), 'calories', 'isAvailable', 'photo', '__proto__'),
      fc.oneof(fc.string({ unit: 'binary' }), fc.anything()),
    )
    fc.assert(
      fc.property(anything, (sent) => {
        const { success, data } = form.safeParse(sent)
        if (success) expect(form.parse(dishValues('EUR')(data))).toEqual(data)
      }),
    )
  })
})

test('the food cost is a share of the price, and the margin what is left of it', () => {
  expect(marginOf(2400, '690')).toEqual({ cost: 690, foodCostPercent: 28.8, margin: 1710 })
  expect(marginOf(500, '600')).toEqual({ cost: 600, foodCostPercent: 120, margin: -100 })
  expect(marginOf(0, '600')).toEqual({ cost: 600, foodCostPercent: null, margin: null })
  // Of the exact cost: of whole cents it would be 22.2 %.
  expect(marginOf(550, '121.5008')).toEqual({ cost: 122, foodCostPercent: 22.1, margin: 428 })
})

test.each([
  ['12', 12],
  [' no. 12', 12],
  ['#12', 12],
  ['12 · 7 vegetables', 12],
  ['', null],
  ['12 eggs', null],
  ['0', null],
])('the number in %j is %s', (text, number) => {
  expect(recipeNumber(text)).toBe(number)
})
