import type { KitchenDay } from '@/db/queries/kitchen'
import type { WallChanges, WallSnapshot } from '@/domain/live'

/** A restaurant's business day as its walls show it. */
export type LiveDay = KitchenDay & { lowStock: number }

/** The wall of feed number `seq` was true at `at`, milliseconds since 1970 by the database's clock. */
type Beat = { seq: number; at: number }

/** Why a stream ends for good, or, when the server restarts, for a moment. */
export type CloseReason = 'signed_out' | 'revoked' | 'restarting'

/** What a stream carries, by the name of its event. */
export type LiveMessages = {
  snapshot: WallSnapshot
  changes: WallChanges
  beat: Beat
  day: LiveDay
  /** Dishes or prices of this restaurant may have changed: whoever shows them asks for them again. */
  menu: Record<string, never>
  closed: { reason: CloseReason }
}

const encoder = new TextEncoder()

/** One Server-Sent Event, written once for everybody who gets it. With an `id`, it is what a wall resumes from. */
export function frame<K extends keyof LiveMessages>(
  event: K,
  data: LiveMessages[K],
  id?: number,
): Uint8Array {
  const head = id === undefined ? '' : `id: ${id}\n`
  return encoder.encode(`${head}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}
