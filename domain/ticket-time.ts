/**
 * Daily metrics count tickets by whole minutes of ticket time, 0 to this. The last counter holds all longer ones: past
 * four hours a ticket was forgotten, not slow.
 */
export const LONGEST_COUNTED_MINUTES = 240

/** Whether figures of speed count tickets that somebody forgot to bump for four hours and more. */
export const OUTLIERS = ['included', 'excluded'] as const
export type Outliers = (typeof OUTLIERS)[number]

/** Tickets by whole minutes of ticket time, as pairs of minute and tickets in ascending order, none twice. */
export type TicketHistogram = readonly (readonly [minute: number, tickets: number])[]

/**
 * The ticket time in minutes that a share (0 to 1) of the tickets did not exceed, as `percentile_cont` defines it, taking
 * the tickets of a minute as spread evenly over it: at most a minute from the exact one. Outliers have no length but
 * "240 and more", so among them it is 240. Null without a ticket.
 */
export function percentileMinutes(
  histogram: TicketHistogram,
  share: number,
  outliers: Outliers,
): number | null {
  const counted =
    outliers === 'included' ? histogram : histogram.filter(([minute]) => minute < LONGEST_COUNTED_MINUTES)
  const tickets = counted.reduce((sum, [, n]) => sum + n, 0)
  if (tickets === 0) return null
  const rank = (tickets - 1) * share
  const [below, above] = [ticketAt(counted, Math.floor(rank)), ticketAt(counted, Math.ceil(rank))]
  return below + (above - below) * (rank - Math.floor(rank))
}

/** The time of the ticket of a rank from 0: in the middle of its part of the minute. */
function ticketAt(histogram: TicketHistogram, rank: number): number {
  let before = 0
  for (const [minute, tickets] of histogram) {
    if (rank < before + tickets)
      return minute >= LONGEST_COUNTED_MINUTES ? minute : minute + (rank - before + 0.5) / tickets
    before += tickets
  }
  throw new RangeError(`There is no ticket of rank ${rank} among ${before}.`)
}
