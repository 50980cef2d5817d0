import type { Tone } from '@/app/_ui/status-mark'
import type { Device } from '@/db/queries/devices'

/** How a screen does, for its mark. */
export function deviceState({ isLive, lastSeenAt, revokedAt }: Device): { tone: Tone; word: string } {
  if (revokedAt !== null) return { tone: 'muted', word: 'Revoked' }
  if (isLive) return { tone: 'green', word: 'Live' }
  return lastSeenAt === null ? { tone: 'blue', word: 'Not seen yet' } : { tone: 'amber', word: 'Stale' }
}
