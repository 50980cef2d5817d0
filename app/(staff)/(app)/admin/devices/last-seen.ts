import type { Tone } from '@/app/_ui/status-mark'
import type { Device } from '@/db/queries/devices'

/** How a screen does, for its mark. */
export function deviceState({ isLive, lastSeenAt, revokedAt }: Device): { tone: Tone; word: string } {
  if (revokedAt !== null) return { tone: 'muted', word: 'Revoked' }
  if (isLive) return { tone: 'green', word: 'Live' }
  return lastSeenAt === null ? { tone: 'blue', word: 'Not seen yet' } : { tone: 'amber', word: 'Stale' }
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long ago an instant was, in words; nothing is counted that a screen's minute-wise note can't know. */
export function timeAgo(instant: number, now: number): string {
  const passed = Math.max(0, now - instant)
  if (passed < 2 * MINUTE) return 'just now'
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`
  if (passed < DAY) return `${Math.floor(passed / HOUR)} h ago`
  const days = Math.floor(passed / DAY)
  return days === 1 ? 'a day ago' : `${days} days ago`
}
