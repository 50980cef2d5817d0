import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { componentTotals, dishTotals } from './all-day'
import { ITEM_STATUSES, ORDER_STATUSES } from './vocabulary'
import type { WallItem, WallTicket } from './wall'

const ticket = (status: WallTicket['status'], items: Partial<WallItem>[]): WallTicket => ({
  id: '018f0000-0000-7000-8000-000000000001',
  callNumber: 1,
  status,
  channel: 'dine_in',
  placeOrName: '',
  specialInstructions: '',
  createdAt: 0,
  confirmedAt: null,
  readyAt: null,
  promisedAt: null,
  unacknowledged: null,
  items: items.map((item, index) => ({
    line: index + 1,
    menuItemId: 1,
    name: 'Lasagne',
    quantity: 1,
    station: 'pasta',
    status: 'waiting',
    specialRequests: '',
    ...item,
  })),
})

describe('all day', () => {
  test('adds up each dish over the open tickets, most first, and says how many are done', () => {
    const totals = dishTotals([
      ticket('preparing', [
        { quantity: 2, status: 'done' },
        { menuItemId: 2, name: 'Burger' },
      ]),
      ticket('confirmed', [{ quantity: 3 }, { menuItemId: 3, name: 'Aioli' }]),
      ticket('cancelled', [{ quantity: 50 }]),
    ])
    expect(totals).toEqual([
      { menuItemId: 1, name: 'Lasagne', portions: 5, done: 2 },
      { menuItemId: 3, name: 'Aioli', portions: 1, done: 0 },
      { menuItemId: 2, name: 'Burger', portions: 1, done: 0 },
    ])
  })

  test('loses no portion and invents none', () => {
    const items = fc.array(
      fc.record({
        menuItemId: fc.integer({ min: 1, max: 5 }),
        quantity: fc.integer({ min: 1, max: 99 }),
        status: fc.constantFrom(...ITEM_STATUSES),
      }),
    )
    const tickets = fc.array(fc.tuple(fc.constantFrom(...ORDER_STATUSES), items))
    fc.assert(
      fc.property(tickets, (drawn) => {
        const open = drawn.filter(([status]) => status !== 'delivered' && status !== 'cancelled')
        const expected = open.flatMap(([, lines]) => lines).reduce((sum, { quantity }) => sum + quantity, 0)
        const totals = dishTotals(drawn.map(([status, lines]) => ticket(status, lines)))
        expect(totals.reduce((sum, { portions }) => sum + portions, 0)).toBe(expected)
      }),
    )
  })

  test('counts what the batches still have to give, exactly', () => {
    const dishes = [
      { menuItemId: 1, name: 'Lasagne', portions: 3, done: 1 },
      { menuItemId: 2, name: 'Tagliatelle', portions: 1, done: 0 },
      { menuItemId: 3, name: 'Burger', portions: 2, done: 2 },
    ]
    const components = [
      { menuItemId: 1, name: 'Ragù', quantity: '0.1', unit: 'kg' },
      { menuItemId: 2, name: 'Ragù', quantity: '0.2', unit: 'kg' },
      { menuItemId: 1, name: 'Béchamel', quantity: '80.000', unit: 'ml' },
      { menuItemId: 3, name: 'Burger sauce', quantity: '20', unit: 'ml' },
    ] as const
    expect(componentTotals(dishes, components)).toEqual([
      { name: 'Béchamel', quantity: '160', unit: 'ml' },
      { name: 'Ragù', quantity: '0.4', unit: 'kg' },
    ])
  })
})
