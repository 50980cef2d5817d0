import { canRecall, isOpen } from './order'
import type { OrderStatus, Station } from './vocabulary'
import { WALL_VIEWS, type WallItem, type WallMove, type WallTicket, type WallView } from './wall'

/** What a view is called in the header. */
export const VIEW_WORDS: Record<WallView, string> = {
  all: 'All stations',
  expo: 'Expo',
  grill: 'Grill',
  fry: 'Fry',
  saute: 'Sauté',
  pasta: 'Pasta',
  pizza: 'Pizza',
  cold: 'Cold',
  pastry: 'Pastry',
  bar: 'Bar',
}

/** The view that a URL asks for; what is missing or unknown shows everything. */
export const parseView = (value: unknown): WallView => WALL_VIEWS.find((view) => view === value) ?? 'all'

/** The station that a view is limited to, or null where it shows whole tickets. */
export const stationOf = (view: WallView): Station | null => (view === 'all' || view === 'expo' ? null : view)

/**
 * A ticket as a view shows it, or null where it doesn't. A station sees its own items of fired tickets until all of
 * them are done, and whatever was changed or cancelled there until somebody acknowledges it.
 */
export function inView(ticket: WallTicket, view: WallView): WallTicket | null {
  const station = stationOf(view)
  if (!station) return isOpen(ticket.status) || ticket.unacknowledged ? ticket : null
  const items = ticket.items.filter((item) => item.station === station)
  const unacknowledged = changedAt(ticket, station, items)
  const toCook = isCooked(ticket.status) && items.some((item) => item.status !== 'done')
  return toCook || unacknowledged ? { ...ticket, items, unacknowledged } : null
}

/** What of a change or cancel concerns one station. */
function changedAt(
  { unacknowledged }: WallTicket,
  station: Station,
  items: readonly WallItem[],
): WallTicket['unacknowledged'] {
  if (unacknowledged?.kind !== 'changed') return items.length > 0 ? unacknowledged : null
  const lines = unacknowledged.lines.filter((line) => line.station === station)
  return lines.length > 0 ? { kind: 'changed', lines } : null
}

const isCooked = (status: OrderStatus): boolean => status === 'confirmed' || status === 'preparing'

/** The tickets of a view, oldest first. */
export function ticketsInView(tickets: readonly WallTicket[], view: WallView): WallTicket[] {
  return tickets
    .map((ticket) => inView(ticket, view))
    .filter((ticket) => ticket !== null)
    .sort((one, other) => (one.id < other.id ? -1 : 1))
}

export type WallAction = {
  /** What the button says. */
  word: string
  move: WallMove
}

const BUMP_WORDS: Partial<Record<OrderStatus, string>> = {
  pending: 'Confirm',
  confirmed: 'Start',
  preparing: 'Ready',
  ready: 'Hand over',
}

/**
 * What a press on a ticket does in a view, or null where nothing is left to do. What nobody has acknowledged comes
 * first: a ticket is not bumped by somebody who did not see that it changed.
 */
export function actionOn(ticket: WallTicket, view: WallView): WallAction | null {
  const orderId = ticket.id
  if (ticket.unacknowledged) return { word: 'Acknowledge', move: { do: 'acknowledge', orderId } }
  const station = stationOf(view)
  if (station) return { word: 'Done', move: { do: 'bump_station', orderId, station } }
  const word = BUMP_WORDS[ticket.status]
  return word ? { word, move: { do: 'bump', orderId, from: ticket.status } } : null
}

/** Whether items are ticked one by one in a view, in this state of the ticket. */
export const canTick = (ticket: WallTicket, view: WallView): boolean =>
  view !== 'all' && (isCooked(ticket.status) || ticket.status === 'ready') && !ticket.unacknowledged

/** The press that takes another one back, or null where there is no way back. */
export function undoOf(move: WallMove, ticket: WallTicket): WallMove | null {
  switch (move.do) {
    case 'bump':
      return move.from === 'preparing' || move.from === 'ready' ? { do: 'recall', orderId: ticket.id } : null
    case 'bump_station':
      return { do: 'recall', orderId: ticket.id, station: move.station }
    case 'tick':
      return { ...move, done: !move.done }
    default:
      return null
  }
}

/** The press that brings a bumped ticket back to the stove of a view, or null where that view has bumped nothing of it. */
export function recallOn(ticket: WallTicket, view: WallView): WallMove | null {
  const station = stationOf(view)
  if (!station) return canRecall(ticket.status) ? { do: 'recall', orderId: ticket.id } : null
  const isBumped = ticket.items.some((item) => item.station === station && item.status === 'done')
  return isBumped ? { do: 'recall', orderId: ticket.id, station } : null
}

/** What a press did, for the place where the ticket was: `Ready`, `Handed over`. */
export function wordOfMove(move: WallMove): string {
  if (move.do === 'bump_station') return `${VIEW_WORDS[move.station]} done`
  if (move.do === 'tick') return move.done ? 'Ticked' : 'Not done after all'
  if (move.do === 'recall') return 'Recalled'
  if (move.do === 'acknowledge') return 'Acknowledged'
  const words: Partial<Record<OrderStatus, string>> = {
    pending: 'Confirmed',
    confirmed: 'Started',
    preparing: 'Ready',
    ready: 'Handed over',
  }
  return words[move.from] ?? 'Bumped'
}
