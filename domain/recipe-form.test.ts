import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nestedValues } from './form-values'
import { type RecipeCard, recipeDocument } from './recipe-card'
import { type KnownNames, readAmount, recipeForm, recipeValues } from './recipe-form'
import { recipeOf } from './recipe-names'
import type { Unit } from './vocabulary'

const BOOK: Record<string, { id: number; name: string; unit: Unit }> = {
  Rice: { id: 1, name: 'Rice', unit: 'kg' },
  Butter: { id: 2, name: 'Butter', unit: 'kg' },
  Eggs: { id: 3, name: 'Eggs', unit: 'pcs' },
  Stock: { id: 4, name: 'Stock', unit: 'l' },
}
const names = {
  ingredients: new Map(Object.values(BOOK).map((ingredient) => [ingredient.id, ingredient])),
  chefs: new Map([[7, 'Ada']]),
}
const known = (typed: readonly string[]): KnownNames => ({
  chef: { id: 7, near: [] },
  ingredients: new Map(typed.map((name) => [name, { found: BOOK[name] ?? null, near: [] }])),
})

const HEAD = {
  title: 'Risotto',
  cuisine: 'Italian',
  prepMinutes: '20',
  chef: 'Ada',
  difficulty: '',
  calories: '',
  'lines.portions': '1',
}
const read = (fields: Record<string, string>) =>
  recipeForm.safeParse(nestedValues(Object.entries({ ...HEAD, ...fields })))
const errorsOf = (fields: Record<string, string>) =>
  Object.fromEntries((read(fields).error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]))

function saved(fields: Record<string, string>) {
  const typed = read(fields).data ?? expect.fail(JSON.stringify(errorsOf(fields)))
  return recipeOf(typed, known(typed.lines.lines.map(({ ingredient }) => ingredient)))
}
const line = (place: number, ingredient: string, quantity: string, unit = '') => ({
  [`lines.${place}.ingredient`]: ingredient,
  [`lines.${place}.quantity`]: quantity,
  [`lines.${place}.unit`]: unit,
  [`lines.${place}.notes`]: '',
})

const card: fc.Arbitrary<RecipeCard> = fc.record({
  title: fc.constantFrom('Risotto', 'Omelette'),
  cuisine: fc.constant('Italian'),
  difficulty: fc.constantFrom('easy', 'medium', 'hard'),
  prepMinutes: fc.integer({ min: 0, max: 10_080 }),
  chefId: fc.constant(7),
  calories: fc.option(fc.integer({ min: 0, max: 100_000 })),
  lines: fc.uniqueArray(fc.constantFrom(1, 2, 3, 4)).chain((ids) =>
    fc.tuple(
      ...ids.map((ingredientId) =>
        fc.record({
          ingredientId: fc.constant(ingredientId),
          quantity: fc.integer({ min: 1, max: 1_000_000_000 }).map((n) => String(n / 1000)),
          notes: fc.constantFrom('', 'diced'),
        }),
      ),
    ),
  ),
  steps: fc.array(fc.constantFrom('Stir.', 'Add 2.5 l of stock.', '1. Serve'), { maxLength: 4 }),
})

describe('a recipe’s form', () => {
  test('that nobody touched says the very recipe that it shows', () => {
    fc.assert(
      fc.property(card, (doc) => {
        const stored = recipeDocument.parse(doc)
        expect(saved(recipeValues(stored, names))).toEqual({ ok: true, doc: stored })
      }),
    )
  })

  test('takes amounts for a batch, leaves empty lines out and keeps the order of the others', () => {
    const doc = saved({
      'lines.portions': '10',
      ...line(0, 'Stock', '2,5', 'l'),
      ...line(1, '', ''),
      ...line(2, 'Rice', '800', 'g'),
      'lines.3.unit': 'kg',
      ...line(4, 'Eggs', '5'),
    })
    expect(doc).toMatchObject({
      ok: true,
      doc: {
        difficulty: 'easy',
        calories: null,
        lines: [
          { ingredientId: 4, quantity: '0.25' },
          { ingredientId: 1, quantity: '0.08' },
          { ingredientId: 3, quantity: '0.5' },
        ],
      },
    })
  })

  test('splits a numbered list in a step into steps, and leaves empty ones out', () => {
    const doc = saved({ 'steps.0': '1. Sweat.\n2. Stir.', 'steps.1': ' ', 'steps.2': 'Serve.' })
    expect(doc).toMatchObject({ ok: true, doc: { steps: ['Sweat.', 'Stir.', 'Serve.'] } })
  })

  test('says beside each line what is wrong with it', () => {
    expect(
      errorsOf({
        'lines.portions': '0',
        ...line(0, '', '3', 'kg'),
        ...line(2, 'Rice', 'some'),
        ...line(5, 'Rice', '1', 'stone'),
      }),
    ).toEqual({
      'lines.portions': 'Write a whole number of portions from 1 to 1,000.',
      'lines.0.ingredient': 'Write the ingredient’s name.',
      'lines.2.quantity': 'Write a number such as 0.25.',
      'lines.5.unit': 'Choose a unit.',
    })
  })

  test('says what can’t be kept, is not known or stands there twice', () => {
    const refused = saved({
      ...line(0, 'Rice', '0.5', 'g'),
      ...line(1, 'Eggs', '1', 'kg'),
      ...line(3, 'Stock', '1'),
      ...line(4, 'Butter', '10', 'g'),
      ...line(6, 'Butter', '20', 'g'),
      ...line(7, 'Unobtainium', '1', 'kg'),
    })
    expect(refused).toEqual({
      ok: false,
      fields: {
        'lines.0.quantity':
          'The book keeps Rice in kg, in steps of 0.001 kg a portion: 0.5 g can’t be kept. Round it.',
        'lines.1.unit': 'The book keeps Eggs in pcs, and kg can’t be converted into that.',
        'lines.3.unit': 'Choose l or ml.',
        'lines.6.ingredient': '“Butter” stands in line 5 already. Make one line of both.',
        'lines.7.ingredient': 'The book has no ingredient called “Unobtainium”.',
      },
    })
  })

  test('tells names that are like the one that was typed', () => {
    const typed = read(line(0, 'Rise', '1', 'kg')).data ?? expect.fail()
    const like = (near: string[]) =>
      recipeOf(typed, {
        chef: { id: null, near: ['Ada Rossi'] },
        ingredients: new Map([['Rise', { found: null, near }]]),
      })
    expect(like(['Rice'])).toMatchObject({
      fields: {
        chef: 'The book has no chef called “Ada”. Did you mean Ada Rossi?',
        'lines.0.ingredient': 'The book has no ingredient called “Rise”. Did you mean Rice?',
      },
    })
    expect(like(['Rice', 'Rise', 'Risotto rice'])).toMatchObject({
      fields: { 'lines.0.ingredient': expect.stringContaining('Rice, Rise or Risotto rice?') },
    })
  })

  test('tells at its line what only the whole amount shows: more than a portion can have', () => {
    expect(saved({ ...line(0, '', ''), ...line(3, 'Rice', '10000000', 'kg') })).toEqual({
      ok: false,
      fields: { 'lines.3.quantity': 'Write a number above 0 and up to 1,000,000.' },
    })
  })

  test('never throws, whatever is sent', () => {
    const odd = fc.oneof(fc.anything(), fc.dictionary(fc.string(), fc.anything()))
    fc.assert(
      fc.property(odd, odd, (lines, steps) => {
        expect(() => recipeForm.safeParse({ ...HEAD, lines, steps })).not.toThrow()
        expect(recipeForm.safeParse(lines).success).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  test('never takes amounts of a batch for those of one portion because the number is missing', () => {
    const error = 'Write a whole number of portions from 1 to 1,000.'
    for (const portions of ['', ' ', '1.5', '1001', 'ten'])
      expect(errorsOf({ ...line(0, 'Rice', '1', 'kg'), 'lines.portions': portions })).toEqual({
        'lines.portions': error,
      })
  })

  test('has a hundred lines at most', () => {
    const many = Object.assign({}, ...Array.from({ length: 101 }, (_, n) => line(n, `I${n}`, '1', 'kg')))
    expect(errorsOf(many)).toEqual({ lines: 'A card has 100 lines at most.' })
  })
})

test.each([
  ['0.25', '0.25'],
  ['0,25', '0.25'],
  [' 1250 ', '1250'],
  ['0,250', '0.25'],
])('%j is an amount', (text, quantity) => {
  expect(readAmount(text)).toEqual({ ok: true, quantity })
})

test.each([
  ['1,250', 'Write 1250, or 1.250.'],
  ['', 'Write how much.'],
  ['0', 'Write more than 0, or take the line away.'],
  ['0.0001', 'Write three decimals at most, perhaps in a smaller unit.'],
  ['a few', 'Write a number such as 0.25.'],
  ['-1', 'Write a number such as 0.25.'],
])('%j is none', (text, error) => {
  expect(readAmount(text)).toEqual({ ok: false, error })
})
