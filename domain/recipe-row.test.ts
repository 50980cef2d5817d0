import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseRecipeRow, type RecipeRow } from './recipe-row'

const plain = {
  id: 'pesto-1',
  title: 'Trofie al pesto',
  cuisine: 'Ligurian',
  prep_time: 25,
  chef: 'Elena Moretti',
  chef_experience: 14,
  ingredients: [{ name: 'Trofie', quantity: '0.110', unit: 'kg', allergens: ['gluten'] }],
}

const reasonOf = (changes: object) => {
  const parsed = parseRecipeRow({ ...plain, ...changes })
  return parsed.ok ? 'accepted' : parsed.reason
}
const lineWith = (changes: object) => ({ ingredients: [{ ...plain.ingredients[0], ...changes }] })

describe('a row of a recipe file', () => {
  test('needs neither difficulty, calories, notes nor method: difficulty comes from the prep time', () => {
    expect(parseRecipeRow(plain)).toEqual({
      ok: true,
      recipe: {
        id: 'pesto-1',
        title: 'Trofie al pesto',
        cuisine: 'Ligurian',
        difficulty: 'easy',
        prepMinutes: 25,
        calories: null,
        chef: 'Elena Moretti',
        chefExperience: 14,
        lines: [{ name: 'Trofie', quantity: '0.11', unit: 'kg', notes: '', allergens: ['gluten'] }],
        method: [],
      },
    })
    expect(parseRecipeRow({ ...plain, difficulty: 'hard' })).toMatchObject({ recipe: { difficulty: 'hard' } })
  })

  test('has its text in one form: composed, with single spaces', () => {
    const parsed = parseRecipeRow({ ...plain, title: '  Cre\u0301me\t\n bru\u0302le\u0301e\u00a0' })
    expect(parsed).toMatchObject({ recipe: { title: 'Créme brûlée' } })
  })

  test.each([
    [{ title: undefined }, 'title is missing'],
    [{ title: ' ' }, 'title is empty'],
    [{ title: '!?' }, 'title has no letter or digit'],
    [{ title: 'x'.repeat(201) }, 'title is longer than 200 characters'],
    [{ title: 'a\u0000b' }, 'title has a control character, such as NUL'],
    [{ title: 'a\ud800b' }, 'title is not UTF-8: save the file as UTF-8'],
    [{ title: 'caf\ufffd' }, 'title is not UTF-8: save the file as UTF-8'],
    [{ title: 7 }, 'title must be text'],
    [{ prep_time: 12.5 }, 'prep_time must be a whole number of minutes from 0 to 10080'],
    [{ prep_time: '25' }, 'prep_time must be a whole number of minutes from 0 to 10080'],
    [{ prep_time: undefined }, 'prep_time is missing'],
    [{ difficulty: 'tricky' }, 'difficulty is "tricky": it must be one of easy, medium, hard'],
    [{ metod: [] }, `the row has a field that recipes don't: "metod"`],
    [{ ingredients: [] }, 'ingredients are missing'],
    [{ ingredients: undefined }, 'ingredients are missing'],
    [{ method: ['Stir.', ' '] }, 'method, step 2 is empty'],
    [lineWith({ unit: undefined }), 'ingredients, line 1, unit is missing'],
    [
      lineWith({ unit: 'oz' }),
      'ingredients, line 1, unit is "oz": it must be one of kg, g, l, ml, pcs, cups',
    ],
    [lineWith({ quantity: '0,5' }), 'ingredients, line 1, quantity is "0,5": write decimals with a point'],
    [
      lineWith({ quantity: '0.0005' }),
      'ingredients, line 1, quantity is "0.0005": at most three decimals, perhaps in a smaller unit',
    ],
    [
      lineWith({ quantity: 0 }),
      'ingredients, line 1, quantity is "0": it must be a number above 0 and up to 1000000, such as 0.25',
    ],
    [
      { title: '', cuisine: '', chef: '', prep_time: -1 },
      'title is empty; cuisine is empty; prep_time must be a whole number of minutes from 0 to 10080; and 1 more',
    ],
  ])('is refused in clear words: %j', (changes, reason) => {
    expect(reasonOf(changes)).toBe(reason)
  })

  test.each([null, 7, 'text', [], [plain], true])('is refused when it is no object: %j', (value) => {
    expect(parseRecipeRow(value)).toEqual({
      ok: false,
      reason: 'the row must be an object with named fields',
    })
  })

  test('is refused however deep it nests', () => {
    const deep = JSON.parse(`${'['.repeat(300_000)}${']'.repeat(300_000)}`)
    expect(reasonOf(lineWith({ unit: deep }))).toContain('unit is a list: it must be one of')
    for (const field of ['title', 'prep_time', 'ingredients', 'method', 'other'])
      expect(reasonOf({ [field]: deep })).toMatch(/[a-z]/)
  })

  test('takes characters beyond the first plane as one each, and formulas as text', () => {
    expect(reasonOf({ title: `${'😀'.repeat(199)}a` })).toBe('accepted')
    expect(parseRecipeRow({ ...plain, title: '=HYPERLINK("http://a")' })).toMatchObject({
      recipe: { title: '=HYPERLINK("http://a")' },
    })
  })

  test('is accepted or refused with a reason, whatever it holds, and what is accepted can be stored', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string())
    const anything = fc.oneof(text, fc.jsonValue(), fc.constant(undefined))
    const mostly = (good: fc.Arbitrary<unknown>) =>
      fc.oneof({ arbitrary: good, weight: 12 }, { arbitrary: anything, weight: 1 })
    const words = text.map((any) => `${any} a`)
    const line = fc.record({
      name: mostly(words),
      quantity: mostly(fc.oneof(fc.integer({ min: 1 }), fc.double({ min: 0, max: 9 }), fc.constant('1.250'))),
      unit: mostly(fc.constantFrom('kg', 'g', 'pcs')),
      notes: mostly(text),
    })
    const row = fc.record({
      title: mostly(words),
      cuisine: mostly(words),
      prep_time: mostly(fc.integer({ min: -1, max: 11_000 })),
      chef: mostly(words),
      chef_experience: mostly(fc.integer({ min: -1, max: 81 })),
      ingredients: mostly(fc.array(line, { minLength: 1, maxLength: 3 })),
      method: mostly(fc.array(words, { maxLength: 3 })),
    })
    let accepted = 0
    fc.assert(
      fc.property(row, (value) => {
        const parsed = parseRecipeRow(value)
        if (!parsed.ok) {
          expect(parsed.reason).toMatch(/[a-z]/)
          return
        }
        accepted++
        for (const stored of texts(parsed.recipe)) {
          expect(stored.isWellFormed()).toBe(true)
          expect(stored).not.toContain('\u0000')
          expect([...stored].length).toBeLessThanOrEqual(2000)
        }
      }),
      { numRuns: 200 },
    )
    expect(accepted).toBeGreaterThan(0)
  }, 30_000)
})

const texts = ({ title, cuisine, chef, lines, method }: RecipeRow) => [
  title,
  cuisine,
  chef,
  ...lines.flatMap(({ name, notes }) => [name, notes]),
  ...method,
]
