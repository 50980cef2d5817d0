import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { hashApiKey } from '@/db/queries/access'
import { dishesOf, takeEveryOrder } from '../../live/kitchens'

/** A restaurant that orders are placed in. */
export type Place = { id: number; slug: string; key: string; dishes: readonly number[] }

/**
 * Makes each active restaurant take whatever is ordered, under a key of its own. With statements that every schema since
 * the first release understands: the database may be one of an older release.
 */
export async function openPlaces(db: Database, count: number): Promise<{ places: Place[]; name: string }> {
  await takeEveryOrder(db)
  const name = `traffic ${randomUUID()}`
  const restaurants = await db.execute<{ id: number; slug: string }>(
    sql`select id, slug from restaurants where is_active order by id limit ${count}`,
  )
  const places: Place[] = []
  for (const { id, slug } of restaurants) {
    const key = `brg_${id}_${randomBytes(32).toString('base64url')}`
    await db.execute(
      sql`insert into api_keys (restaurant_id, key_hash, name) values (${id}, ${hashApiKey(key)}, ${name})`,
    )
    places.push({ id, slug, key, dishes: await dishesOf(db, id) })
  }
  return { places, name }
}

/** Ends the keys of `openPlaces`. */
export async function closePlaces(db: Database, name: string): Promise<void> {
  await db.execute(sql`update api_keys set revoked_at = now() where name = ${name}`)
}
