import { describe, expect, test } from 'vitest'
import { orderForm } from './order-form-input'

const form = {
  restaurant: 'berlin',
  key: '018f0000-0000-7000-8000-000000000000',
  channel: 'takeaway',
  placeOrName: ' Ada ',
  phone: '',
  instructions: '',
}

describe('a new order from a plain form', () => {
  test('has the rows that are filled in', () => {
    const rows = { 'dish-1': '12 Risotto', 'quantity-1': '', 'dish-2': '', 'quantity-2': '3', 'dish-5': '7' }
    expect(orderForm.parse({ ...form, ...rows, 'quantity-5': '2', 'note-5': 'rare' }).order).toEqual({
      channel: 'takeaway',
      placeOrName: 'Ada',
      specialInstructions: '',
      lines: [
        { menuItemId: 12, quantity: 1, specialRequests: '' },
        { menuItemId: 7, quantity: 2, specialRequests: 'rare' },
      ],
    })
  })

  test('keeps whom to call', () => {
    const { order } = orderForm.parse({ ...form, phone: '030 1', 'dish-1': '1' })
    expect(order.customer).toEqual({ name: 'Ada', phone: '030 1' })
  })

  test.each([
    ['no dish', {}],
    ['a dish without its number', { 'dish-1': 'Risotto' }],
    ['a quantity that is none', { 'dish-1': '1', 'quantity-1': 'x' }],
    ['no quantity at all', { 'dish-1': '1', 'quantity-1': '0' }],
    ['another channel', { 'dish-1': '1', channel: 'drone' }],
    ['a key that is none', { 'dish-1': '1', key: 'x' }],
  ])('is refused with %s', (_, fields) => {
    expect(orderForm.safeParse({ ...form, ...fields }).success).toBe(false)
  })
})

test('a new order from the script is taken as it is', () => {
  const { restaurant, key } = form
  const order = {
    channel: 'dine_in',
    placeOrName: '4',
    specialInstructions: '',
    lines: [{ menuItemId: 1, quantity: 1, specialRequests: '' }],
    expectedTotal: 1450,
  }
  expect(orderForm.parse({ restaurant, key, order }).order).toEqual(order)
})
