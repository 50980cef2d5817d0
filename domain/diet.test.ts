import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { breachOf, dietsOf, dietVerdicts, type Makeup, tellingDiets } from './diet'
import { ALLERGENS, ANIMAL_SOURCES, DIETS } from './vocabulary'

const plain: Makeup = { allergens: [], animalSources: [] }
const makeup = fc.record({
  allergens: fc.subarray([...ALLERGENS]),
  animalSources: fc.option(fc.subarray([...ANIMAL_SOURCES])),
})

describe('the diets of a card', () => {
  test('of plants alone are all', () => {
    expect(dietsOf([plain, plain])).toEqual(DIETS)
  })

  test('are none for an empty card, of which nobody knows anything', () => {
    expect(dietsOf([])).toEqual([])
  })

  test('are none as long as nobody has said what one of the ingredients is, whatever the others are', () => {
    fc.assert(
      fc.property(fc.array(makeup), (lines) => {
        expect(dietsOf([...lines, { allergens: [], animalSources: null }])).toEqual([])
      }),
    )
  })

  test('follow what people expect of each', () => {
    const of = (...animalSources: Makeup['animalSources'] & object) =>
      dietsOf([{ allergens: [], animalSources }])
    expect(of('meat')).toEqual(['gluten_free', 'dairy_free', 'nut_free'])
    expect(of('fish')).toEqual(['pescatarian', 'gluten_free', 'dairy_free', 'nut_free'])
    expect(of('rennet', 'dairy')).toEqual(['gluten_free', 'nut_free'])
    expect(of('dairy', 'egg')).toEqual(['vegetarian', 'pescatarian', 'gluten_free', 'nut_free'])
    expect(of('honey')).toEqual(['vegetarian', 'pescatarian', 'gluten_free', 'dairy_free', 'nut_free'])
  })

  test('believe an allergen also where the animal that it comes from was forgotten', () => {
    expect(breachOf('vegan', { allergens: ['milk'], animalSources: [] })).toBe('milk')
    expect(breachOf('vegetarian', { allergens: ['molluscs'], animalSources: [] })).toBe('molluscs')
    expect(breachOf('dairy_free', { allergens: ['milk'], animalSources: [] })).toBe('milk')
  })

  test('grow by no ingredient that is added, and the stricter diet always brings the wider one', () => {
    fc.assert(
      fc.property(fc.array(makeup, { minLength: 1 }), makeup, (lines, more) => {
        const diets = dietsOf(lines)
        for (const diet of dietsOf([...lines, more])) expect(diets).toContain(diet)
        if (diets.includes('vegan'))
          expect(diets).toEqual(expect.arrayContaining(['vegetarian', 'dairy_free']))
        if (diets.includes('vegetarian')) expect(diets).toContain('pescatarian')
      }),
    )
  })

  test('are told with every ingredient that breaks them, in the order of the card', () => {
    const lines = [
      { name: 'Flour', allergens: ['gluten' as const], animalSources: [] },
      { name: 'Ham', allergens: [], animalSources: ['meat' as const] },
      { name: 'House sauce', allergens: [], animalSources: null },
    ]
    const verdicts = dietVerdicts(lines).map(({ diet, fits, broken }) => [
      diet,
      fits,
      broken.map(({ line, by }) => `${line.name}: ${by}`),
    ])
    expect(verdicts).toEqual([
      ['vegan', false, ['Ham: meat', 'House sauce: unknown']],
      ['vegetarian', false, ['Ham: meat', 'House sauce: unknown']],
      ['pescatarian', false, ['Ham: meat', 'House sauce: unknown']],
      ['gluten_free', false, ['Flour: gluten', 'House sauce: unknown']],
      ['dairy_free', false, ['House sauce: unknown']],
      ['nut_free', false, ['House sauce: unknown']],
    ])
  })
})

test('marks leave out what others say already', () => {
  expect(tellingDiets(DIETS)).toEqual(['vegan', 'gluten_free', 'nut_free'])
  expect(tellingDiets(['vegetarian', 'pescatarian', 'dairy_free'])).toEqual(['vegetarian', 'dairy_free'])
})
