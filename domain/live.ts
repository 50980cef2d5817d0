import type { OffDish, WallEvent, WallSettings, WallTicket } from './wall'

/** All that a wall shows at one feed number, from one snapshot of the database. */
export type WallPicture = {
  seq: number
  /** When it was true: milliseconds since 1970 by the database's clock. */
  at: number
  /** Oldest first. */
  tickets: WallTicket[]
  off: OffDish[]
  settings: WallSettings
}

/** What makes a picture of any feed number from `since` on to the one of `seq`. */
export type WallChanges = {
  since: number
  seq: number
  at: number
  /** Of the numbers after `since`, in order. */
  events: WallEvent[]
  /** As they are at `seq`: to be added, or put in the place of what was known of them. */
  tickets: WallTicket[]
  /** Ids of tickets that are not on the wall at `seq`. */
  gone: string[]
  /** Left out where it did not change. */
  off?: OffDish[]
  settings?: WallSettings
}

/** What replaces everything. `otherHistory`: its number counts although it is lower, for the table was put back. */
export type WallSnapshot = WallPicture & { otherHistory: boolean }

export type KnownWall = {
  readonly seq: number
  readonly tickets: readonly WallTicket[]
  readonly off: readonly OffDish[]
  readonly settings: WallSettings
  /** The newest events that were told as they happened, oldest first. */
  readonly events: readonly WallEvent[]
}

/** Enough for whoever looks after each message, and for a kitchen's busiest minutes. */
const EVENTS_KEPT = 200

export const knownFrom = ({ seq, tickets, off, settings }: WallPicture): KnownWall => ({
  seq,
  tickets,
  off,
  settings,
  events: [],
})

/** Takes over a whole picture, unless a newer one is known. */
export function applySnapshot(known: KnownWall, snapshot: WallSnapshot): KnownWall {
  if (snapshot.seq < known.seq && !snapshot.otherHistory) return known
  const { seq, tickets, off, settings } = snapshot
  return { seq, tickets, off, settings, events: known.events }
}

/**
 * Takes over what changed. Changes that are known already leave the wall as it is, and those that overlap add only what
 * is new: they name states, not steps. Null where numbers lie between: what is in them has to be asked for.
 */
export function applyChanges(known: KnownWall, changes: WallChanges): KnownWall | null {
  if (changes.seq <= known.seq) return known
  if (changes.since > known.seq) return null
  const tickets = new Map(known.tickets.map((ticket) => [ticket.id, ticket]))
  for (const id of changes.gone) tickets.delete(id)
  for (const ticket of changes.tickets) tickets.set(ticket.id, ticket)
  const news = changes.events.filter((event) => event.seq > known.seq)
  return {
    seq: changes.seq,
    tickets: [...tickets.values()].sort((one, other) => (one.id < other.id ? -1 : 1)),
    off: changes.off ?? known.off,
    settings: changes.settings ?? known.settings,
    events: news.length > 0 ? [...known.events, ...news].slice(-EVENTS_KEPT) : known.events,
  }
}
