import { planMove } from './ticket-moves'
import type { WallMove, WallTicket } from './wall'

/** A press whose outcome the wall has not heard of, with the ticket as it was seen. */
export type OwnPress = { move: WallMove; ticket: WallTicket }

/**
 * The tickets as they will be once these presses have been done in this order, by the rules that the server goes by. A
 * press that would be refused changes nothing; a recalled ticket that has left the wall comes back as it was seen.
 */
export function predict(tickets: readonly WallTicket[], presses: readonly OwnPress[]): WallTicket[] {
  const known = new Map(tickets.map((ticket) => [ticket.id, ticket]))
  for (const { move, ticket } of presses) {
    const before = known.get(ticket.id) ?? (move.do === 'recall' ? ticket : null)
    const after = before && afterMove(before, move)
    if (after) known.set(ticket.id, after)
  }
  return [...known.values()]
}

/** The ticket after a move, or null where the move would be refused. */
export function afterMove(ticket: WallTicket, move: WallMove): WallTicket | null {
  const plan = planMove(ticket, move)
  if (!plan.ok) return null
  const changed = new Map(plan.items.map(({ line, status }) => [line, status]))
  const items = ticket.items.map((item) => ({ ...item, status: changed.get(item.line) ?? item.status }))
  return { ...ticket, status: plan.status, unacknowledged: plan.unacknowledged, items }
}
