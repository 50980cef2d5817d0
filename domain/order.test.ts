import { describe, expect, test } from 'vitest'
import { canCancel, canMove, canRecall, isCooking, isOpen, makeOrderNumber, nextStatus } from './order'
import { ORDER_STATUSES, type OrderStatus } from './vocabulary'

describe('the order state machine', () => {
  test('bumps a ticket from pending to delivered in four steps', () => {
    const way: OrderStatus[] = ['pending']
    for (let next = nextStatus('pending'); next; next = nextStatus(next)) way.push(next)
    expect(way).toEqual(['pending', 'confirmed', 'preparing', 'ready', 'delivered'])
    expect(nextStatus('cancelled')).toBeNull()
  })

  test('allows exactly these steps', () => {
    const allowed = ORDER_STATUSES.flatMap((from) =>
      ORDER_STATUSES.filter((to) => canMove(from, to)).map((to) => `${from} → ${to}`),
    )
    expect(allowed).toEqual([
      'pending → confirmed',
      'pending → cancelled',
      'confirmed → preparing',
      'confirmed → cancelled',
      'preparing → ready',
      'preparing → cancelled',
      'ready → preparing',
      'ready → delivered',
      'ready → cancelled',
      'delivered → preparing',
    ])
  })

  test('knows which tickets are open, may be cancelled, recalled, and are on the stove', () => {
    const where = (rule: (status: OrderStatus) => boolean) => ORDER_STATUSES.filter(rule)
    expect(where(isOpen)).toEqual(['pending', 'confirmed', 'preparing', 'ready'])
    expect(where(canCancel)).toEqual(['pending', 'confirmed', 'preparing', 'ready'])
    expect(where(canRecall)).toEqual(['ready', 'delivered'])
    expect(where(isCooking)).toEqual(['preparing', 'ready'])
  })
})

describe('makeOrderNumber', () => {
  test('is ORD, the date, eight characters', () => {
    expect(makeOrderNumber('2026-03-01', 'A7F2K9QX')).toBe('ORD20260301A7F2K9QX')
  })

  test('refuses malformed parts', () => {
    expect(() => makeOrderNumber('2026-3-1', 'A7F2K9QX')).toThrow(RangeError)
    expect(() => makeOrderNumber('2026-03-01', 'a7f2k9qx')).toThrow(RangeError)
    expect(() => makeOrderNumber('2026-03-01', 'A7F2K9Q')).toThrow(RangeError)
  })
})
