import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../client'

/**
 * Takes the restaurant's next feed number, `seq`, with the time `at` which it did. The row stays locked until the
 * transaction ends, which is what makes the numbers gapless and puts them in commit order; so this comes last of all
 * locks (order, overrides, stock, feed).
 */
export const nextSeq = (restaurantId: number): SQL => sql`
  insert into kitchen_feed as f (restaurant_id, seq) values (${restaurantId}, 1)
  on conflict (restaurant_id) do update set seq = f.seq + 1
  returning seq, clock_timestamp() as at`

/** The statement that tells the restaurant's screens, once the transaction commits, that there is something new. */
export const feedBump = (restaurantId: number): SQL => sql`
  with fed as (${nextSeq(restaurantId)})
  select seq, pg_notify('kitchen', ${String(restaurantId)}) from fed`

/** Of the transaction that holds the feed's row since a statement before: a scalar subquery of the number that it took. */
export const takenSeq = (restaurantId: number): SQL => sql`
  select seq from kitchen_feed where restaurant_id = ${restaurantId}`

/** Tells the restaurant's screens. Returns the number of it. */
export async function bumpFeedOf(tx: Db, restaurantId: number): Promise<number> {
  const [row] = await tx.execute<{ seq: string }>(feedBump(restaurantId))
  return Number(row?.seq)
}
