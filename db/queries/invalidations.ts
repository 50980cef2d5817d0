import { sql } from 'drizzle-orm'
import type { SystemScope } from '@/domain/scope'
import type { Db } from '../client'

/** More rows than one transaction writes into `cache_invalidations`, with those of others between them. */
const MOST_ROWS = 10_000

/**
 * What the transaction made stale that wrote this row of `cache_invalidations`; nothing where there is no such row. Its
 * rows carry its time and come at or before the last.
 */
export async function listStaleTags(db: Db, _scope: SystemScope, lastId: number): Promise<string[]> {
  const rows = await db.execute<{ tag: string }>(sql`
    select tag from cache_invalidations
    where id between ${lastId - MOST_ROWS} and ${lastId}
      and created_at = (select created_at from cache_invalidations where id = ${lastId})`)
  return rows.map(({ tag }) => tag)
}
