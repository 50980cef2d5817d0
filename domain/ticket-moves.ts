import { canRecall, nextStatus } from './order'
import type { ItemStatus, OrderEventKind, OrderStatus, Station } from './vocabulary'
import type { Unacknowledged, WallMove } from './wall'

type ItemState = { line: number; station: Station; status: ItemStatus }

/** What a move is judged by. */
export type TicketState = {
  status: OrderStatus
  unacknowledged: Unacknowledged | null
  items: readonly ItemState[]
}

/** One entry for the order's log. */
export type TicketEvent = {
  kind: OrderEventKind
  from: OrderStatus
  to: OrderStatus
  details: object | null
}

/** What a ticket becomes, and what the log says about it: at least one event, in the order in which they happen. */
export type TicketChange = {
  ok: true
  status: OrderStatus
  /** The items whose status changes. */
  items: { line: number; status: ItemStatus }[]
  unacknowledged: Unacknowledged | null
  events: TicketEvent[]
}

export type MoveRefused = {
  ok: false
  /**
   * `already_moved`: somebody was faster, there is nothing left to do. `not_allowed`: no ticket in this status can be
   * treated so. `line_gone`: the item was taken off the order.
   */
  reason: 'already_moved' | 'not_allowed' | 'line_gone'
  /** Where the ticket is. */
  status: OrderStatus
}

/** What one press on a wall does to a ticket: whole, item by item, or at one station. */
export function planMove(ticket: TicketState, move: WallMove): TicketChange | MoveRefused {
  switch (move.do) {
    case 'bump':
      return bump(ticket, move.from)
    case 'bump_station':
      return bumpStation(ticket, move.station)
    case 'tick':
      return tick(ticket, move.line, move.done)
    case 'recall':
      return move.station ? recallStation(ticket, move.station) : recall(ticket)
    case 'acknowledge':
      return acknowledge(ticket)
  }
}

function bump(ticket: TicketState, from: OrderStatus): TicketChange | MoveRefused {
  if (ticket.status !== from) return refuse(ticket, 'already_moved')
  const to = nextStatus(from)
  if (!to) return refuse(ticket, 'not_allowed')
  const become = { confirmed: null, preparing: 'cooking', ready: 'done', delivered: 'done' } as const
  const follows = become[to]
  const behind = ticket.items.filter(
    (item) => item.status === 'waiting' || (item.status === 'cooking' && follows === 'done'),
  )
  return change(ticket, follows ? setAll(behind, follows) : [], [to])
}

function bumpStation(ticket: TicketState, station: Station): TicketChange | MoveRefused {
  const own = itemsOf(ticket, station)
  if (own.length > 0 && ticket.status === 'delivered') return refuse(ticket, 'already_moved')
  if (own.length === 0 || !isFired(ticket.status)) return refuse(ticket, 'not_allowed')
  const open = own.filter((item) => item.status !== 'done')
  return open.length > 0 ? finishItems(ticket, open, station) : refuse(ticket, 'already_moved')
}

function tick(ticket: TicketState, line: number, done: boolean): TicketChange | MoveRefused {
  const item = ticket.items.find((candidate) => candidate.line === line)
  if (!item) return refuse(ticket, 'line_gone')
  if (!isFired(ticket.status)) return refuse(ticket, 'not_allowed')
  if ((item.status === 'done') === done) return refuse(ticket, 'already_moved')
  return done ? finishItems(ticket, [item], null) : cookAgain(ticket, [item], null)
}

function recall(ticket: TicketState): TicketChange | MoveRefused {
  if (ticket.status === 'preparing') return refuse(ticket, 'already_moved')
  if (!canRecall(ticket.status)) return refuse(ticket, 'not_allowed')
  return change(ticket, setAll(ticket.items, 'cooking'), ['recalled'])
}

function recallStation(ticket: TicketState, station: Station): TicketChange | MoveRefused {
  const own = itemsOf(ticket, station)
  const cooked = ticket.status === 'preparing' || canRecall(ticket.status)
  if (own.length === 0 || !cooked) return refuse(ticket, 'not_allowed')
  const done = own.filter((item) => item.status === 'done')
  return done.length > 0 ? cookAgain(ticket, done, station) : refuse(ticket, 'already_moved')
}

function acknowledge(ticket: TicketState): TicketChange | MoveRefused {
  if (!ticket.unacknowledged) return refuse(ticket, 'already_moved')
  const { status } = ticket
  const event: TicketEvent = {
    kind: 'acknowledged',
    from: status,
    to: status,
    details: ticket.unacknowledged,
  }
  return { ok: true, status, items: [], unacknowledged: null, events: [event] }
}

/** The first item that is done starts a ticket, and the last one finishes it. */
function finishItems(
  ticket: TicketState,
  items: readonly ItemState[],
  station: Station | null,
): TicketChange {
  const steps: Step[] = ticket.status === 'confirmed' ? ['preparing', 'item_status'] : ['item_status']
  const finished = new Set(items.map((item) => item.line))
  const others = ticket.items.filter((item) => !finished.has(item.line))
  if (ticket.status !== 'ready' && allDone(others)) steps.push('ready')
  return change(ticket, setAll(items, 'done'), steps, station)
}

/** Items that were done are on the stove again, and with them their ticket. */
const cookAgain = (ticket: TicketState, items: readonly ItemState[], station: Station | null): TicketChange =>
  change(
    ticket,
    setAll(items, 'cooking'),
    ticket.status === 'preparing' ? ['item_status'] : ['recalled', 'item_status'],
    station,
  )

type Step = 'confirmed' | 'preparing' | 'ready' | 'delivered' | 'recalled' | 'item_status'

/** The change that takes a ticket through these steps, one event each. */
function change(
  ticket: TicketState,
  items: TicketChange['items'],
  steps: readonly Step[],
  station: Station | null = null,
): TicketChange {
  let status = ticket.status
  const events = steps.map((kind): TicketEvent => {
    const from = status
    if (kind !== 'item_status') status = kind === 'recalled' ? 'preparing' : kind
    const details = kind === 'item_status' ? { ...(station && { station }), items } : null
    return { kind, from, to: status, details }
  })
  return { ok: true, status, items, unacknowledged: ticket.unacknowledged, events }
}

const refuse = (ticket: TicketState, reason: MoveRefused['reason']): MoveRefused => ({
  ok: false,
  reason,
  status: ticket.status,
})

const itemsOf = (ticket: TicketState, station: Station): ItemState[] =>
  ticket.items.filter((item) => item.station === station)

const setAll = (items: readonly ItemState[], status: ItemStatus): TicketChange['items'] =>
  items.map(({ line }) => ({ line, status }))

/** Whether a ticket of which these are the items is ready to be handed over. */
export const allDone = (items: readonly { status: ItemStatus }[]): boolean =>
  items.every((item) => item.status === 'done')

/** The kitchen knows of it and still has it. */
const isFired = (status: OrderStatus): boolean =>
  status === 'confirmed' || status === 'preparing' || status === 'ready'
