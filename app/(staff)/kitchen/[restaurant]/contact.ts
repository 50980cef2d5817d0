import { useNow } from './clock'
import type { Live } from './live-store'

/** So long without a confirmation, and the wall says that orders may be missing. */
const STALE_MS = 10_000

export type ContactLoss = { why: 'silence' | 'signed_out' | 'not_found'; seconds: number }

/** Why the tickets can't be cooked by, or null while they can. Those who ask are rendered every second. */
export function useContactLoss({ connection, lastContact }: Live): ContactLoss | null {
  const silence = useNow() - lastContact
  const seconds = Math.max(0, Math.floor(silence / 1000))
  if (connection === 'signed_out' || connection === 'not_found') return { why: connection, seconds }
  return silence >= STALE_MS ? { why: 'silence', seconds } : null
}
