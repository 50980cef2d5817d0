import { describe, expect, it } from 'vitest'
import { RECORDS } from '@/db/records/kinds'
import { RECORD_SUBJECTS } from '@/domain/record'
import { changeWords, fieldLabel, valueWords } from './field-words'

const context = {
  format: { currency: 'EUR', locale: 'en' },
  names: {
    category: { 1: { name: 'Mains' }, 2: { name: 'Sides' } },
    recipe: {},
    ingredient: { 7: { name: 'Rice', unit: 'kg' as const }, 8: { name: 'Butter', unit: 'kg' as const } },
    supplier: {},
    chef: {},
  },
}

describe('words for fields', () => {
  it('name every field of every document', () => {
    for (const subject of RECORD_SUBJECTS) {
      const schema = RECORDS[subject].schema as unknown as { shape: Record<string, unknown> }
      for (const field of Object.keys(schema.shape)) {
        expect(fieldLabel(subject, field), `${subject}.${field}`).not.toBe(field)
      }
    }
  })

  it('say money, places and what other records are called', () => {
    expect(
      changeWords('menu_item', { price: 1250, categoryId: 1 }, { categoryId: 2, price: 1390 }, context),
    ).toEqual([
      { field: 'price', label: 'Price', before: '€12.50', after: '€13.90', items: [] },
      { field: 'categoryId', label: 'Category', before: 'Mains', after: 'Sides', items: [] },
    ])
    expect(valueWords('menu_override', 'price', null, context)).toBe('as the chain')
    expect(valueWords('ingredient', 'unitPrice', '320.1234', context)).toBe('€3.201234')
  })

  it('tell a recipe card line by line', () => {
    const line = (ingredientId: number, quantity: string, notes = '') => ({ ingredientId, quantity, notes })
    const words = (before: unknown[], after: unknown[]) =>
      changeWords('recipe', { lines: before }, { lines: after }, context)[0]?.items
    expect(words([line(7, '0.3')], [line(7, '0.35'), line(8, '0.05', 'cold')])).toEqual([
      'Rice 0.3 kg → 0.35 kg',
      'with Butter, 0.05 kg (cold)',
    ])
    expect(words([line(7, '0.3')], [])).toEqual(['without Rice'])
    expect(words([line(7, '1'), line(8, '1')], [line(8, '1'), line(7, '1')])).toEqual([
      'the same lines in another order',
    ])
  })

  it('survive what is no longer a field', () => {
    expect(valueWords('menu_item', 'spice', { hot: 1 }, context)).toBe('{"hot":1}')
    expect(valueWords('menu_item', 'categoryId', 99, context)).toBe('no. 99')
  })
})
