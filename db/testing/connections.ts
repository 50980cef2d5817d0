import { sql } from 'drizzle-orm'
import type { Db } from '../client'

/** The number of the server's process that answers. */
export async function pidOf(db: Pick<Db, 'execute'>): Promise<number> {
  const [row] = await db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
  return row?.pid ?? 0
}

/** What Drizzle's error is about, or the error itself. */
export const causeOf = (error: unknown): unknown => (error instanceof Error && error.cause) || error
