import { sql } from 'drizzle-orm'
import type { Db } from '../client'

/**
 * Says in the caller's transaction what it makes stale. Each process drops entries of these tags when it is notified,
 * and reads `cache_invalidations` for what it missed.
 */
export async function invalidate(tx: Db, tags: readonly [string, ...string[]]): Promise<void> {
  await tx.execute(sql`
    with stale as (
      insert into cache_invalidations (tag)
      select tag from json_array_elements_text(${JSON.stringify(tags)}::text::json) as t (tag)
      returning tag
    )
    select pg_notify('cache', tag) from stale`)
}
