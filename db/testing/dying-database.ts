import { type Database, openDatabase } from '../client'

/**
 * A database whose process dies, as far as PostgreSQL can tell: at its n-th statement the connection breaks, so many
 * milliseconds after the statement was sent (with 0 before). What was under way may be done or not.
 */
export function dyingDatabase(url: string, atStatement: number, afterMs: number): Database {
  let statements = 0
  const db = openDatabase(url, {
    max: 1,
    onStatement() {
      if (++statements !== atStatement) return
      if (afterMs === 0) void db.close()
      else setTimeout(() => void db.close(), afterMs)
    },
  })
  return db
}
