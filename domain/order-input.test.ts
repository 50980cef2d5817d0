import { describe, expect, test } from 'vitest'
import { orderChange, orderInput } from './order-input'

const order = (changes: object = {}) => ({
  channel: 'dine_in',
  placeOrName: 'T12',
  lines: [{ menuItemId: 1, quantity: 2 }],
  ...changes,
})
const line = (changes: object) => order({ lines: [{ menuItemId: 1, quantity: 1, ...changes }] })

/** The fields that the schema complains about, as paths. */
function refusedFields(input: unknown): string[] {
  const result = orderInput.safeParse(input)
  return result.success ? [] : result.error.issues.map((issue) => issue.path.join('.'))
}

test('a plain order passes, with empty texts filled in', () => {
  expect(orderInput.parse(order())).toEqual({
    channel: 'dine_in',
    placeOrName: 'T12',
    specialInstructions: '',
    lines: [{ menuItemId: 1, quantity: 2, specialRequests: '' }],
  })
})

test.each([
  ['zero quantity', line({ quantity: 0 }), 'lines.0.quantity'],
  ['a fractional quantity', line({ quantity: 1.5 }), 'lines.0.quantity'],
  ['a quantity as text', line({ quantity: '1' }), 'lines.0.quantity'],
  ['a thousand of one dish', line({ quantity: 1000 }), 'lines.0.quantity'],
  ['a dish id beyond the integers of PostgreSQL', line({ menuItemId: 2 ** 31 }), 'lines.0.menuItemId'],
  ['a NUL in a request', line({ specialRequests: 'no\u0000onion' }), 'lines.0.specialRequests'],
  ['half an emoji', line({ specialRequests: '\ud83c' }), 'lines.0.specialRequests'],
  ['a long request', line({ specialRequests: 'x'.repeat(501) }), 'lines.0.specialRequests'],
  ['a price of the sender', line({ unitPrice: 1 }), 'lines.0'],
  ['no lines', order({ lines: [] }), 'lines'],
  ['201 lines', order({ lines: Array(201).fill({ menuItemId: 1, quantity: 1 }) }), 'lines'],
  ['a NUL in the name', order({ placeOrName: '\u0000' }), 'placeOrName'],
  ['a NUL in the instructions', order({ specialInstructions: 'a\u0000' }), 'specialInstructions'],
  ['an unknown channel', order({ channel: 'drone' }), 'channel'],
  ['a fractional total', order({ expectedTotal: 12.5 }), 'expectedTotal'],
  ['a customer without a name', order({ customer: { phone: '1' } }), 'customer.name'],
  ['a NUL in the phone', order({ customer: { name: 'Ada', phone: '\u0000' } }), 'customer.phone'],
  ['a NUL in the e-mail', order({ customer: { name: 'Ada', email: 'a\u0000@b.example' } }), 'customer.email'],
  ['an unknown field', order({ discount: 100 }), ''],
])('%s is refused by the name of its field', (_, input, field) => {
  expect(refusedFields(input)).toEqual([field])
})

describe('a change of an order', () => {
  test('adds, changes and removes lines, and needs one of them', () => {
    expect(orderChange.parse({ remove: [2] })).toEqual({ add: [], change: [], remove: [2] })
    expect(orderChange.safeParse({}).success).toBe(false)
    expect(orderChange.safeParse({ expectedTotal: 100 }).success).toBe(false)
    expect(orderChange.safeParse({ change: [{ line: 1 }] }).success).toBe(false)
    expect(orderChange.safeParse({ change: [{ line: 1, specialRequests: '' }] }).success).toBe(true)
  })

  test('names a line once', () => {
    const twice = { change: [{ line: 1, quantity: 2 }], remove: [1] }
    expect(orderChange.safeParse(twice).success).toBe(false)
    expect(orderChange.safeParse({ remove: [3, 3] }).success).toBe(false)
  })

  test('knows no line 0 and no quantity 0: a line is removed by its number', () => {
    expect(orderChange.safeParse({ remove: [0] }).success).toBe(false)
    expect(orderChange.safeParse({ change: [{ line: 1, quantity: 0 }] }).success).toBe(false)
    expect(orderChange.safeParse({ change: [{ line: 1, quantity: 1, price: 5 }] }).success).toBe(false)
  })
})
