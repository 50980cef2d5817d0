import type { WallMove, WallTicket } from '@/domain/wall'
import { forget, read, storedKeys, write } from './storage'

/**
 * One press on this screen. It is kept in the browser until the server has answered, so that neither a lost contact nor
 * a reload loses it; its id makes sure that it counts once.
 */
export type Press = {
  id: string
  move: WallMove
  /** As it was seen when it was pressed. */
  ticket: WallTicket
  /** Milliseconds since 1970 by this browser's clock. */
  pressedAt: number
  /** Whether it ever left this browser: what did not can be taken back without asking anybody. */
  wasSent: boolean
}

/** The server knows an id for two days; a press that is older would be judged anew. */
const KEPT_MS = 24 * 60 * 60 * 1000

const prefixOf = (slug: string) => `brigade:press:${slug}:`

/** One key each, since several pages of one browser write here at once. */
export const keepPress = (slug: string, press: Press): void => write(prefixOf(slug) + press.id, press)

export const forgetPress = (slug: string, id: string): void => forget(prefixOf(slug) + id)

/** What an earlier page of this browser could not send, in the order in which it was pressed. */
export function keptPresses(slug: string, now: number): Press[] {
  const prefix = prefixOf(slug)
  const keys = storedKeys().filter((key) => key.startsWith(prefix))
  const presses = keys.map((key) => read<Press>(key)).filter((press) => press !== null)
  const tooOld = presses.filter((press) => now - press.pressedAt > KEPT_MS)
  for (const press of tooOld) forgetPress(slug, press.id)
  return presses
    .filter((press) => !tooOld.includes(press))
    .sort((one, other) => one.pressedAt - other.pressedAt)
}
