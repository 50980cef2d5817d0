import { isDeepStrictEqual } from 'node:util'
import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { takeWall } from '@/db/queries/wall'
import type { Kitchen } from './kitchens'
import { type Screen, until } from './screens'

export type Verdict = {
  /** Events in the log since the screens began, as often as there are screens that had to show them. */
  events: number
  missed: number
  twice: number
  /** Screens whose tickets are not those of the table in the end. */
  wrong: number
}

/** Waits until every screen knows the last number, then compares what it showed with the log and its wall with the table. */
export async function judge(
  db: Database,
  kitchens: readonly Kitchen[],
  screens: readonly Screen[],
): Promise<Verdict> {
  const verdict: Verdict = { events: 0, missed: 0, twice: 0, wrong: 0 }
  for (const { scope } of kitchens) {
    const wall = await takeWall(db, scope)
    const theirs = screens.filter(({ restaurantId }) => restaurantId === scope.restaurant.id)
    await until('the screens know the last number', () =>
      theirs.every(({ store }) => store.getState().seq >= wall.seq),
    )
    const since = Math.min(...theirs.map((screen) => screen.since))
    const log = await db.execute<{ seq: number; n: number }>(sql`
      select seq::float8 as seq, n from order_events
      where restaurant_id = ${scope.restaurant.id} and seq > ${since}::bigint`)
    for (const screen of theirs) {
      const expected = log.filter(({ seq }) => seq > screen.since)
      verdict.events += expected.length
      verdict.missed += expected.filter(({ seq, n }) => !screen.shown.has(`${seq}.${n}`)).length
      verdict.twice += screen.twice
      const { tickets, seq } = screen.store.getState()
      if (seq !== wall.seq || !isDeepStrictEqual(tickets, wall.tickets)) verdict.wrong++
    }
  }
  return verdict
}
