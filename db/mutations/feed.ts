import { type SQL, sql } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
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

/** Tells the restaurant's screens, once the transaction commits, that there is something new. Returns its number. */
export const bumpFeed = (tx: Db, scope: RestaurantScope): Promise<number> =>
  bumpFeedOf(tx, scope.restaurant.id)

/** The same for jobs, which act for every restaurant. */
export async function bumpFeedOf(tx: Db, restaurantId: number): Promise<number> {
  const [row] = await tx.execute<{ seq: string }>(sql`
    with fed as (${nextSeq(restaurantId)})
    select seq, pg_notify('kitchen', ${String(restaurantId)}) from fed`)
  return Number(row?.seq)
}
