import type { WallEvent, WallTicket, WallView } from './wall'
import { inView, stationOf } from './wall-view'

export const WALL_SOUNDS = ['new', 'changed', 'cancelled'] as const
export type WallSound = (typeof WALL_SOUNDS)[number]

/**
 * What an event sounds like on a view, or null where it is none of its business. A station hears of an order when it is
 * fired, and of a change or cancel only where it had been told to cook.
 */
export function soundOf(
  { kind }: WallEvent,
  ticket: WallTicket | undefined,
  view: WallView,
): WallSound | null {
  const station = stationOf(view)
  const shown = ticket && inView(ticket, view)
  if (kind === (station ? 'confirmed' : 'placed')) return !station || shown ? 'new' : null
  if (kind === 'changed') return shown?.unacknowledged?.kind === 'changed' ? 'changed' : null
  if (kind === 'cancelled') return !station || shown ? 'cancelled' : null
  return null
}
