import { describe, expect, test } from 'vitest'
import type { OrderEventKind } from './vocabulary'
import type { WallTicket } from './wall'
import { soundOf } from './wall-sounds'

const ticket: WallTicket = {
  id: '018f0000-0000-7000-8000-000000000001',
  callNumber: 1,
  status: 'confirmed',
  channel: 'takeaway',
  placeOrName: '',
  specialInstructions: '',
  createdAt: 0,
  confirmedAt: 0,
  readyAt: null,
  promisedAt: null,
  unacknowledged: null,
  items: [
    {
      line: 1,
      menuItemId: 1,
      name: 'Ribs',
      quantity: 1,
      station: 'grill',
      status: 'waiting',
      specialRequests: '',
    },
  ],
}
const event = (kind: OrderEventKind) => ({ seq: 1, n: 0, kind, orderId: ticket.id })

describe('a sound', () => {
  test('tells whole views of an order when it is placed, stations when it is fired for them', () => {
    expect(soundOf(event('placed'), ticket, 'all')).toBe('new')
    expect(soundOf(event('confirmed'), ticket, 'expo')).toBeNull()
    expect(soundOf(event('placed'), ticket, 'grill')).toBeNull()
    expect(soundOf(event('confirmed'), ticket, 'grill')).toBe('new')
    expect(soundOf(event('confirmed'), ticket, 'bar')).toBeNull()
  })

  test('tells of changes and cancels where somebody has to look', () => {
    const line = { line: 1, name: 'Ribs', station: 'grill', was: 1, now: 2, note: '' } as const
    const changed: WallTicket = { ...ticket, unacknowledged: { kind: 'changed', lines: [line] } }
    expect(soundOf(event('changed'), changed, 'grill')).toBe('changed')
    expect(soundOf(event('changed'), changed, 'bar')).toBeNull()
    expect(soundOf(event('changed'), ticket, 'all')).toBeNull()
    const cancelled: WallTicket = { ...ticket, status: 'cancelled', unacknowledged: { kind: 'cancelled' } }
    expect(soundOf(event('cancelled'), cancelled, 'grill')).toBe('cancelled')
    expect(soundOf(event('cancelled'), cancelled, 'fry')).toBeNull()
    expect(soundOf(event('cancelled'), undefined, 'all')).toBe('cancelled')
  })

  test('is not made for what the kitchen itself did', () => {
    for (const kind of [
      'preparing',
      'ready',
      'delivered',
      'recalled',
      'item_status',
      'acknowledged',
    ] as const)
      expect(soundOf(event(kind), ticket, 'all')).toBeNull()
  })
})
