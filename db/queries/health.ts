import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import type { SystemScope } from '@/domain/scope'

/** Whether the database answers. Any failure is a no: the log of the pages says which. */
export async function isReachable(db: Db): Promise<boolean> {
  try {
    await db.execute(sql`select 1`)
    return true
  } catch {
    return false
  }
}

/** How many connections the server takes, and how many of these it keeps for its operators. */
export async function getConnectionLimits(
  db: Db,
  _scope: SystemScope,
): Promise<{ maxConnections: number; reserved: number }> {
  const [row] = await db.execute<{ maxConnections: number; reserved: number }>(sql`
    select current_setting('max_connections')::int as "maxConnections",
      current_setting('superuser_reserved_connections')::int
        -- From PostgreSQL 16 on.
        + coalesce(current_setting('reserved_connections', true)::int, 0) as reserved`)
  if (!row) throw new Error('The server gave no settings.')
  return row
}
