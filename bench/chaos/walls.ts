import { setTimeout as pause } from 'node:timers/promises'
import type { Screen } from '../migrate/traffic/walls'
import type { Moment } from './postgres'

/** As the wall's own rule has it: so long without a confirmation (contact.ts). */
const RED_AFTER_MS = 10_000
const LOOK_EVERY_MS = 20

/** Milliseconds from `since` until every screen is red; null where that takes longer than `within`. */
export const untilRed = (screens: readonly Screen[], since: Moment, within: number): Promise<number | null> =>
  until(since, within, () =>
    screens.every(({ store }) => Date.now() - store.getState().lastContact >= RED_AFTER_MS),
  )

/** Milliseconds from `since` until the database itself has confirmed to every screen what it shows; null: longer than `within`. */
export const untilRight = (
  screens: readonly Screen[],
  since: Moment,
  within: number,
): Promise<number | null> =>
  until(since, within, () =>
    screens.every(({ store }) => {
      const { connection, lastContact } = store.getState()
      return connection === 'live' && lastContact >= since.time
    }),
  )

async function until(since: Moment, within: number, isSo: () => boolean): Promise<number | null> {
  while (!isSo()) {
    if (performance.now() - since.at > within) return null
    await pause(LOOK_EVERY_MS)
  }
  return performance.now() - since.at
}
