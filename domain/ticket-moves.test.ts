import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canMove } from './order'
import { planMove, type TicketState } from './ticket-moves'
import { ITEM_STATUSES, ORDER_STATUSES, type OrderStatus, STATIONS } from './vocabulary'
import { type WallMove, wallMove } from './wall'

const ORDER = '018f0000-0000-7000-8000-000000000000'

/** Items as text: `"grill waiting, fry done"`, lines from 1. */
const ticket = (status: OrderStatus, items: string): TicketState => ({
  status,
  unacknowledged: null,
  items: items.split(', ').map((item, index) => {
    const [station, state] = item.split(' ')
    return { line: index + 1, station, status: state } as TicketState['items'][number]
  }),
})

const move = (input: object): WallMove => wallMove.parse({ orderId: ORDER, ...input })

/** The ticket after a move, as text, with its events; or why it was refused. */
function outcome(before: TicketState, input: object): string {
  const plan = planMove(before, move(input))
  if (!plan.ok) return `${plan.reason} (${plan.status})`
  const changed = new Map(plan.items.map((item) => [item.line, item.status]))
  const items = before.items.map((item) => `${item.station} ${changed.get(item.line) ?? item.status}`)
  return `${plan.status}: ${items.join(', ')} | ${plan.events.map((event) => event.kind).join(', ')}`
}

describe('a whole ticket', () => {
  test('is bumped one state on, its items with it', () => {
    const bump = (before: TicketState) => outcome(before, { do: 'bump', from: before.status })
    expect(bump(ticket('pending', 'grill waiting'))).toBe('confirmed: grill waiting | confirmed')
    expect(bump(ticket('confirmed', 'grill waiting, fry waiting'))).toBe(
      'preparing: grill cooking, fry cooking | preparing',
    )
    expect(bump(ticket('preparing', 'grill done, fry cooking, cold waiting'))).toBe(
      'ready: grill done, fry done, cold done | ready',
    )
    expect(bump(ticket('ready', 'grill done'))).toBe('delivered: grill done | delivered')
    expect(bump(ticket('delivered', 'grill done'))).toBe('not_allowed (delivered)')
    expect(bump(ticket('cancelled', 'grill done'))).toBe('not_allowed (cancelled)')
  })

  test('that moved on meanwhile stays where it is', () => {
    expect(outcome(ticket('ready', 'grill done'), { do: 'bump', from: 'preparing' })).toBe(
      'already_moved (ready)',
    )
  })

  test('is recalled from ready and delivered with all its items', () => {
    const recall = (status: OrderStatus) => outcome(ticket(status, 'grill done, fry done'), { do: 'recall' })
    expect(recall('ready')).toBe('preparing: grill cooking, fry cooking | recalled')
    expect(recall('delivered')).toBe('preparing: grill cooking, fry cooking | recalled')
    expect(recall('preparing')).toBe('already_moved (preparing)')
    expect(recall('confirmed')).toBe('not_allowed (confirmed)')
    expect(recall('cancelled')).toBe('not_allowed (cancelled)')
  })
})

describe('a station', () => {
  const bump = (before: TicketState) => outcome(before, { do: 'bump_station', station: 'grill' })
  const recall = (before: TicketState) => outcome(before, { do: 'recall', station: 'grill' })

  test('starts a ticket with its first items and finishes it with the last', () => {
    expect(bump(ticket('confirmed', 'grill waiting, fry waiting'))).toBe(
      'preparing: grill done, fry waiting | preparing, item_status',
    )
    expect(bump(ticket('preparing', 'grill cooking, fry done, grill waiting'))).toBe(
      'ready: grill done, fry done, grill done | item_status, ready',
    )
    expect(bump(ticket('confirmed', 'grill waiting'))).toBe(
      'ready: grill done | preparing, item_status, ready',
    )
  })

  test('has nothing to do on a ticket that is not fired, not its own or done', () => {
    expect(bump(ticket('pending', 'grill waiting'))).toBe('not_allowed (pending)')
    expect(bump(ticket('cancelled', 'grill waiting'))).toBe('not_allowed (cancelled)')
    expect(bump(ticket('preparing', 'fry waiting'))).toBe('not_allowed (preparing)')
    expect(bump(ticket('preparing', 'grill done, fry waiting'))).toBe('already_moved (preparing)')
    expect(bump(ticket('delivered', 'grill done'))).toBe('already_moved (delivered)')
  })

  test('takes back what it bumped, and the ticket with it', () => {
    expect(recall(ticket('preparing', 'grill done, fry waiting'))).toBe(
      'preparing: grill cooking, fry waiting | item_status',
    )
    expect(recall(ticket('delivered', 'grill done, fry done'))).toBe(
      'preparing: grill cooking, fry done | recalled, item_status',
    )
    expect(recall(ticket('preparing', 'grill cooking'))).toBe('already_moved (preparing)')
    expect(recall(ticket('confirmed', 'grill waiting'))).toBe('not_allowed (confirmed)')
    expect(recall(ticket('ready', 'fry done'))).toBe('not_allowed (ready)')
  })
})

describe('an item', () => {
  test('is ticked, and not done after all', () => {
    const tick = (before: TicketState, done: boolean) => outcome(before, { do: 'tick', line: 1, done })
    expect(tick(ticket('confirmed', 'grill waiting, fry waiting'), true)).toBe(
      'preparing: grill done, fry waiting | preparing, item_status',
    )
    expect(tick(ticket('preparing', 'grill cooking, fry done'), true)).toBe(
      'ready: grill done, fry done | item_status, ready',
    )
    expect(tick(ticket('ready', 'grill done, fry done'), false)).toBe(
      'preparing: grill cooking, fry done | recalled, item_status',
    )
    expect(tick(ticket('preparing', 'grill done'), true)).toBe('already_moved (preparing)')
    expect(tick(ticket('preparing', 'grill waiting'), false)).toBe('already_moved (preparing)')
    expect(tick(ticket('delivered', 'grill done'), false)).toBe('not_allowed (delivered)')
    expect(outcome(ticket('preparing', 'grill done'), { do: 'tick', line: 2, done: true })).toBe(
      'line_gone (preparing)',
    )
  })
})

test('what is waiting to be acknowledged is acknowledged once', () => {
  const cancelled = {
    ...ticket('cancelled', 'grill cooking'),
    unacknowledged: { kind: 'cancelled' as const },
  }
  expect(planMove(cancelled, move({ do: 'acknowledge' }))).toMatchObject({
    status: 'cancelled',
    unacknowledged: null,
    events: [{ kind: 'acknowledged', from: 'cancelled', to: 'cancelled' }],
  })
  expect(outcome(ticket('preparing', 'grill cooking'), { do: 'acknowledge' })).toBe(
    'already_moved (preparing)',
  )
})

test('whatever is pressed, a ticket takes only steps of the state machine, and is ready when all its items are', () => {
  const items = fc.array(
    fc.record({
      station: fc.constantFrom(...STATIONS.slice(0, 3)),
      status: fc.constantFrom(...ITEM_STATUSES),
    }),
    { minLength: 1, maxLength: 4 },
  )
  const anyMove = fc.oneof(
    fc.record({ do: fc.constant('bump'), from: fc.constantFrom(...ORDER_STATUSES) }),
    fc.record({ do: fc.constant('bump_station'), station: fc.constantFrom(...STATIONS.slice(0, 3)) }),
    fc.record({ do: fc.constant('tick'), line: fc.integer({ min: 1, max: 5 }), done: fc.boolean() }),
    fc.record({ do: fc.constant('recall') }),
    fc.record({ do: fc.constant('recall'), station: fc.constantFrom(...STATIONS.slice(0, 3)) }),
  )
  fc.assert(
    fc.property(fc.constantFrom('pending', 'confirmed'), items, fc.array(anyMove), (status, drawn, moves) => {
      const lines = drawn.map((item, index) => ({ ...item, status: 'waiting' as const, line: index + 1 }))
      let state: TicketState = { status, unacknowledged: null, items: lines }
      for (const input of moves) {
        const plan = planMove(state, move(input))
        if (!plan.ok) {
          expect(plan.status).toBe(state.status)
          continue
        }
        let at = state.status
        for (const event of plan.events) {
          expect(event.from).toBe(at)
          if (event.kind !== 'item_status') expect(canMove(event.from, event.to)).toBe(true)
          at = event.to
        }
        expect(at).toBe(plan.status)
        const changed = new Map(plan.items.map((item) => [item.line, item.status]))
        const next = state.items.map((item) => ({ ...item, status: changed.get(item.line) ?? item.status }))
        state = { ...state, status: plan.status, items: next }
        const done = next.every((item) => item.status === 'done')
        expect(done).toBe(state.status === 'ready' || state.status === 'delivered')
      }
    }),
  )
})
