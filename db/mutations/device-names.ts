import { sql } from 'drizzle-orm'
import type { Db } from '../client'

/**
 * Locks the restaurant's row, which is what two people who name screens at once wait for, and returns the names that its
 * screens have. Called first in a transaction, before any other lock.
 */
export async function lockDeviceNames(tx: Db, restaurantId: number): Promise<Map<string, number>> {
  await tx.execute(sql`select from restaurants where id = ${restaurantId} for no key update`)
  const taken = await tx.execute<{ id: number; name: string }>(sql`
    select id, name from devices where restaurant_id = ${restaurantId} and revoked_at is null`)
  return new Map(taken.map(({ id, name }) => [name, id]))
}
