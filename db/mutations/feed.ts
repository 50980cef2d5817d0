import { type SQL, sql } from 'drizzle-orm'
import { type Db, notifyAfterCommit } from '../client'

/**
 * Takes the restaurant's next feed number, `seq`, with the time `at` which it did. The row stays locked until the
 * transaction ends, which is what makes the numbers gapless and puts them in commit order; so this comes last of all
 * locks (order, overrides, stock, feed).
 */
export const nextSeq = (restaurantId: number): SQL => sql`
  insert into kitchen_feed as f (restaurant_id, seq) values (${restaurantId}, 1)
  on conflict (restaurant_id) do update set seq = f.seq + 1
  returning seq, clock_timestamp() as at`

/**
 * Once the transaction is committed wakes whoever serves the restaurant's screens. They ask for the feed's number every few
 * seconds besides, so that a lost notice delays a change and loses nothing (decision 006).
 */
export const wakeScreens = (tx: Db, restaurantId: number): void =>
  notifyAfterCommit(tx, 'kitchen', String(restaurantId))

/** The statement that takes the restaurant's next number; its screens are told once the transaction is committed. */
export function feedBump(tx: Db, restaurantId: number): SQL {
  wakeScreens(tx, restaurantId)
  return nextSeq(restaurantId)
}

/** Of the transaction that holds the feed's row since a statement before: a scalar subquery of the number that it took. */
export const takenSeq = (restaurantId: number): SQL => sql`
  select seq from kitchen_feed where restaurant_id = ${restaurantId}`

/** Tells the restaurant's screens. Returns the number of it. */
export async function bumpFeedOf(tx: Db, restaurantId: number): Promise<number> {
  const [row] = await tx.execute<{ seq: string }>(feedBump(tx, restaurantId))
  return Number(row?.seq)
}
