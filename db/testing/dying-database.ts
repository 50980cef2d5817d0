import { sql } from 'drizzle-orm'
import { type Database, openDatabase } from '../client'

/**
 * A database whose process dies, as far as PostgreSQL can tell: at its n-th statement the connection breaks, so many
 * milliseconds after the statement was sent (with 0 before). What was under way may be done or not. It is connected
 * before statements are counted: a process that dies sooner has done nothing.
 */
export async function dyingDatabase(url: string, atStatement: number, afterMs: number): Promise<Database> {
  let statements = -1
  const db = openDatabase(url, {
    max: 1,
    onStatement() {
      if (++statements !== atStatement) return
      if (afterMs === 0) void db.close()
      else setTimeout(() => void db.close(), afterMs)
    },
  })
  await db.execute(sql`select 1`)
  return db
}
