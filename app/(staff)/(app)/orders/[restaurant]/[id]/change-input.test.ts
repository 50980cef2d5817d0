import { describe, expect, test } from 'vitest'
import { changeForm } from './change-input'

const pressed = {
  restaurant: 'berlin',
  order: '018f0000-0000-7000-8000-000000000000',
  id: '018f0000-0000-7000-8000-000000000001',
}
const seen = JSON.stringify([
  { line: 1, quantity: 2, note: '' },
  { line: 3, quantity: 1, note: 'rare' },
])
const shown = { 'quantity-1': '2', 'note-1': '', 'quantity-3': '1', 'note-3': 'rare' }
const read = (fields: object) => changeForm.safeParse({ ...pressed, seen, ...shown, ...fields })
const changeOf = (fields: object) => read(fields).data?.change

describe('the form that changes an order', () => {
  test('sends on only what the person changed', () => {
    expect(changeOf({ 'quantity-1': '5' })).toEqual({
      add: [],
      change: [{ line: 1, quantity: 5 }],
      remove: [],
    })
    expect(changeOf({ 'note-3': ' well done ' })?.change).toEqual([{ line: 3, specialRequests: 'well done' }])
    expect(changeOf({ 'note-3': '' })?.change).toEqual([{ line: 3, specialRequests: '' }])
  })

  test.each(['0', '', '000'])('takes a dish off with a quantity of "%s"', (quantity) => {
    expect(changeOf({ 'quantity-3': quantity })).toEqual({ add: [], change: [], remove: [3] })
  })

  test('adds dishes, one portion where no quantity is given', () => {
    const added = {
      'add-1': '7 Tart',
      'add-quantity-1': '',
      'add-note-1': 'no salt',
      'add-2': '',
      'add-3': '8',
    }
    expect(changeOf({ ...added, 'add-quantity-3': '3' })?.add).toEqual([
      { menuItemId: 7, quantity: 1, specialRequests: 'no salt' },
      { menuItemId: 8, quantity: 3, specialRequests: '' },
    ])
  })

  test('is nothing where nothing is different', () => {
    expect(changeOf({})).toBeNull()
  })

  test.each([
    ['a quantity that is none', { 'quantity-1': 'many' }],
    ['a negative quantity', { 'quantity-1': '-1' }],
    ['a fourth digit', { 'quantity-1': '1000' }],
    ['none of a further dish', { 'add-1': '7', 'add-quantity-1': '0' }],
    ['a dish that is no number', { 'add-1': 'x' }],
    ['lines that are no JSON', { seen: '{' }],
    ['lines of another form', { seen: '[{"line":"1"}]' }],
    ['no order', { order: 'x' }],
    ['a request beyond 500 characters', { 'note-1': 'x'.repeat(501) }],
  ])('refuses %s', (_, fields) => {
    expect(read(fields).success).toBe(false)
  })
})
