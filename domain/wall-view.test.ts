import { describe, expect, test } from 'vitest'
import type { ItemStatus, Station } from './vocabulary'
import type { WallItem, WallTicket } from './wall'
import { actionOn, canTick, inView, parseView, recallOn, ticketsInView, undoOf } from './wall-view'

const item = (line: number, station: Station, status: ItemStatus = 'cooking'): WallItem => ({
  line,
  menuItemId: line,
  name: `Dish ${line}`,
  quantity: 1,
  station,
  status,
  specialRequests: '',
})

const ticket = (changes: Partial<WallTicket> = {}): WallTicket => ({
  id: '018f0000-0000-7000-8000-000000000001',
  callNumber: 12,
  status: 'preparing',
  channel: 'dine_in',
  placeOrName: 'T4',
  specialInstructions: '',
  createdAt: 0,
  confirmedAt: 0,
  readyAt: null,
  promisedAt: null,
  items: [item(1, 'grill'), item(2, 'fry'), item(3, 'grill', 'done')],
  unacknowledged: null,
  ...changes,
})

const lines = (shown: WallTicket | null) => shown?.items.map(({ line }) => line)

describe('a view', () => {
  test('shows everything where the URL names no known one', () => {
    expect(parseView('grill')).toBe('grill')
    expect(parseView('expo')).toBe('expo')
    expect(parseView('sushi')).toBe('all')
    expect(parseView(['grill', 'fry'])).toBe('all')
    expect(parseView(undefined)).toBe('all')
  })

  test('of a station shows its own items only, also those that are done while another is not', () => {
    expect(lines(inView(ticket(), 'grill'))).toEqual([1, 3])
    expect(lines(inView(ticket(), 'fry'))).toEqual([2])
    expect(inView(ticket(), 'bar')).toBeNull()
  })

  test('of a station lets a ticket go once its own items are done, and sees none that is not fired', () => {
    const done = ticket({ items: [item(1, 'grill', 'done'), item(2, 'fry')] })
    expect(inView(done, 'grill')).toBeNull()
    expect(inView(done, 'expo')).not.toBeNull()
    expect(inView(ticket({ status: 'pending' }), 'grill')).toBeNull()
    expect(inView(ticket({ status: 'pending' }), 'all')).not.toBeNull()
  })

  test('of whole tickets shows open ones, and gone ones that nobody has acknowledged', () => {
    expect(inView(ticket({ status: 'delivered' }), 'expo')).toBeNull()
    expect(inView(ticket({ status: 'cancelled' }), 'all')).toBeNull()
    const cancelled = ticket({ status: 'cancelled', unacknowledged: { kind: 'cancelled' } })
    expect(inView(cancelled, 'all')).not.toBeNull()
    expect(inView(cancelled, 'grill')).not.toBeNull()
    expect(inView(cancelled, 'bar')).toBeNull()
  })

  test('tells a station of the lines that changed there, also of one that is gone, and of no others', () => {
    const line = { line: 4, name: 'Ribs', note: '', was: 2, now: 0 }
    const changed = ticket({
      items: [item(2, 'fry')],
      unacknowledged: {
        kind: 'changed',
        lines: [
          { ...line, station: 'grill' },
          { ...line, line: 5, station: 'bar' },
        ],
      },
    })
    const atGrill = inView(changed, 'grill')
    expect(lines(atGrill)).toEqual([])
    expect(atGrill?.unacknowledged).toEqual({ kind: 'changed', lines: [{ ...line, station: 'grill' }] })
    expect(inView(changed, 'fry')?.unacknowledged).toBeNull()
  })

  test('keeps the oldest first, whatever came in last', () => {
    const older = ticket({ id: '018f0000-0000-7000-8000-000000000000' })
    expect(ticketsInView([ticket(), older], 'all').map(({ id }) => id)).toEqual([older.id, ticket().id])
  })
})

describe('a press', () => {
  test('acknowledges first, then bumps the ticket or the station', () => {
    const seen = ticket()
    expect(actionOn(seen, 'all')).toEqual({
      word: 'Ready',
      move: { do: 'bump', orderId: seen.id, from: 'preparing' },
    })
    expect(actionOn(seen, 'grill')?.move).toEqual({
      do: 'bump_station',
      orderId: seen.id,
      station: 'grill',
    })
    const unseen = ticket({ unacknowledged: { kind: 'cancelled' } })
    expect(actionOn(unseen, 'all')?.move.do).toBe('acknowledge')
    expect(actionOn(ticket({ status: 'delivered' }), 'all')).toBeNull()
  })

  test('ticks items where they are cooked or assembled, and not before they are fired', () => {
    expect(canTick(ticket(), 'grill')).toBe(true)
    expect(canTick(ticket(), 'expo')).toBe(true)
    expect(canTick(ticket(), 'all')).toBe(false)
    expect(canTick(ticket({ status: 'pending' }), 'expo')).toBe(false)
    expect(canTick(ticket({ unacknowledged: { kind: 'cancelled' } }), 'grill')).toBe(false)
  })

  test('recalls whole tickets that are up, and from a station what it has finished', () => {
    const { id: orderId } = ticket()
    expect(recallOn(ticket(), 'all')).toBeNull()
    expect(recallOn(ticket({ status: 'delivered' }), 'expo')).toEqual({ do: 'recall', orderId })
    expect(recallOn(ticket(), 'grill')).toEqual({ do: 'recall', orderId, station: 'grill' })
    expect(recallOn(ticket(), 'fry')).toBeNull()
  })

  test('can be taken back where the state machine knows a way', () => {
    const { id: orderId } = ticket()
    expect(undoOf({ do: 'bump', orderId, from: 'preparing' }, ticket())).toEqual({ do: 'recall', orderId })
    expect(undoOf({ do: 'bump_station', orderId, station: 'fry' }, ticket())).toEqual({
      do: 'recall',
      orderId,
      station: 'fry',
    })
    expect(undoOf({ do: 'tick', orderId, line: 2, done: true }, ticket())).toEqual({
      do: 'tick',
      orderId,
      line: 2,
      done: false,
    })
    expect(undoOf({ do: 'bump', orderId, from: 'confirmed' }, ticket())).toBeNull()
    expect(undoOf({ do: 'acknowledge', orderId }, ticket())).toBeNull()
  })
})
