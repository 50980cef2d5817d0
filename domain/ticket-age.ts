/** What a ticket's age says, in the order in which it gets worse. */
export type AgeLevel = 'on_time' | 'due' | 'late'

/** From which age on a ticket is due, and from which late; whole minutes, set per restaurant. */
export type AgeThresholds = { amberMinutes: number; redMinutes: number }

const MINUTE = 60_000

/**
 * The moment from which a ticket's clock counts, in milliseconds since 1970: when it was fired, and until then when it
 * was placed. It runs on until the ticket leaves, because the guest waits until then; a recall does not reset it.
 */
export const clockStart = (ticket: { createdAt: number; confirmedAt: number | null }): number =>
  ticket.confirmedAt ?? ticket.createdAt

/** How urgent a ticket of this age (milliseconds) is. */
export function ageLevel(age: number, { amberMinutes, redMinutes }: AgeThresholds): AgeLevel {
  if (age >= redMinutes * MINUTE) return 'late'
  return age >= amberMinutes * MINUTE ? 'due' : 'on_time'
}

/** A span of milliseconds as a kitchen timer shows it: `9:05`, and from an hour on `1:09:05`. Never negative. */
export function formatTimer(span: number): string {
  const seconds = Math.max(0, Math.floor(span / 1000))
  const two = (part: number) => String(part).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
}
