import { sql } from 'drizzle-orm'
import { type Db, isConnectionLost, overloadedCause, postgresCause } from './client'

/** Less than people notice: what takes longer is a part of the trouble that one looks for. */
const EACH_MS = 1000
const LOCK_MS = 200
const ALL_MS = 4000

/**
 * What a look answered. `slow`: not within a second; `locked`: somebody holds a table exclusively; `forbidden`: this role
 * may not; `not_asked`: those before took too long already; `failed`: a bug, which the log has.
 */
export type Look<T> =
  | { ok: true; value: T }
  | { ok: false; reason: 'slow' | 'locked' | 'forbidden' | 'not_asked' | 'failed' }
export type UnreadReason = Extract<Look<unknown>, { ok: false }>['reason']

const REASONS: Readonly<Record<string, UnreadReason>> = {
  '57014': 'slow',
  '55P03': 'locked',
  '42501': 'forbidden',
}

/**
 * Reads for an operator, one after the other, each in a read-only transaction of its own that can't add to a problem: a
 * second at most, and a fifth of one for a lock. One that fails is answered as such, and the others go on; once all of
 * them have taken 4 s, the rest isn't asked. Rejects with `Overloaded` and `ConnectionLost` alone.
 */
export function looker(
  db: Db,
  { eachMs = EACH_MS, allMs = ALL_MS } = {},
): <T>(read: (tx: Db) => Promise<T>) => Promise<Look<T>> {
  const startedAt = performance.now()
  return async (read) => {
    if (performance.now() - startedAt >= allMs) return { ok: false, reason: 'not_asked' }
    try {
      const value = await db.transaction(
        async (tx) => {
          await tx.execute(
            sql.raw(`set local statement_timeout = ${eachMs}; set local lock_timeout = ${LOCK_MS}`),
          )
          return read(tx)
        },
        { accessMode: 'read only' },
      )
      return { ok: true, value }
    } catch (error) {
      if (overloadedCause(error) || isConnectionLost(error)) throw error
      const reason = REASONS[postgresCause(error)?.code ?? ''] ?? 'failed'
      if (reason === 'failed') console.error('A look into the database failed:', error)
      return { ok: false, reason }
    }
  }
}
