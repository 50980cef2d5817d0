import { AsyncLocalStorage } from 'node:async_hooks'
import type { SQL } from 'drizzle-orm'
import { type PgDatabase, PgPreparedQuery } from 'drizzle-orm/pg-core'
import { drizzle, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js'
import type { Run } from './connection'
import type { Codecs, Driver } from './driver'
import { driverFacade, type Facade, type Notice, runTransaction } from './driver-facade'
import { ConnectionLost, isConnectionLost, isPassing, overloadedCause, postgresCause } from './errors'
import { Overloaded, type Priority } from './gate'
import { type DatabaseOptions, type DatabaseStats, Pool } from './pool'
import { openSession, type Session } from './session'

export {
  ConnectionLost,
  type DatabaseOptions,
  type DatabaseStats,
  isConnectionLost,
  isPassing,
  Overloaded,
  openSession,
  overloadedCause,
  postgresCause,
  type Session,
}

/** A database or a transaction: the first argument of every query and mutation. */
export type Db = PgDatabase<PostgresJsQueryResultHKT, Record<string, never>>

export type Database = Db & {
  gate: {
    /** Whether a request of this priority would be refused at once. */
    saturated(priority?: Priority): boolean
    retryAfterSeconds(priority?: Priority): number
    stats(): DatabaseStats
    /** Is told of each permit from now on: how long it was waited for, and with what priority. */
    onAdmitted(listener: (waitedMs: number, priority: Priority) => void): void
  }
  /** Waits for nothing: ends the connections, whatever they do. */
  close(): Promise<void>
}

const WEB_DEFAULTS: DatabaseOptions = {
  max: 10,
  queue: 200,
  waitMs: 3000,
  openings: 2,
  openingMs: 100,
  applicationName: 'brigade',
  statementTimeoutMs: 5000,
  lockTimeoutMs: 2000,
  idleInTransactionTimeoutMs: 10_000,
  maxLifetimeMs: 60 * 60 * 1000,
  pooled: false,
  onStatement: undefined,
  onSlow: undefined,
  slowMs: 0,
}

/**
 * Drizzle writes a failed statement's parameters into the error's message, and errors are logged: session tokens,
 * password hashes and guests' names would stand there. Ours has the text only.
 */
Object.assign(PgPreparedQuery.prototype, {
  async queryWithCache<T>(text: string, _params: unknown[], query: () => Promise<T>): Promise<T> {
    try {
      return await query()
    } catch (error) {
      throw new Error(`Failed query: ${text}`, { cause: error })
    }
  },
})

/** What `runTransaction` made; the outermost transaction's can commit. */
type TransactionFacade = {
  savepoint?: unknown
  notify: (notice: Notice) => void
  commitAfter?: (statements: number) => void
}

function facadeOf(tx: Db): TransactionFacade {
  const { client } = tx._.session as unknown as { client: TransactionFacade }
  if (!client.savepoint) throw new Error('There is no transaction that could be committed.')
  return client
}

/**
 * Tells whoever listens right behind the COMMIT of the transaction, and not within it: PostgreSQL lets only one notifying
 * transaction at a time commit, and all others wait until that is on the disk. Whoever loses the connection between the
 * two told nobody, so this is for what listeners also find out by themselves. Throws where there is no transaction.
 */
export const notifyAfterCommit = (tx: Db, channel: string, payload: string): void =>
  facadeOf(tx).notify({ channel, payload })

/**
 * The last statements of a transaction, with COMMIT sent right behind them: what they lock is held for as long as the
 * database works on them, and not until this process, which may be making a page, reads one answer after the other. None
 * may need another's answer. Where one fails nothing is kept, and the first failure is thrown. Inside of a nested
 * transaction, whose end is not the end, they are sent one by one. Returns the rows of each.
 */
export async function commitWith(
  tx: Db,
  statements: readonly SQL[],
): Promise<readonly (readonly Record<string, unknown>[])[]> {
  const { commitAfter } = facadeOf(tx)
  if (commitAfter) {
    commitAfter(statements.length)
    return Promise.all(statements.map((statement) => tx.execute(statement)))
  }
  const answers = []
  for (const statement of statements) answers.push(await tx.execute(statement))
  return answers
}

/**
 * Opens a database: at most `max` connections behind a gate with a bounded queue and a deadline.
 * Queries reject with `Overloaded` (never sent), `ConnectionLost` (perhaps done) or PostgreSQL's own error, each of
 * them perhaps wrapped by Drizzle: look with `overloadedCause` and `postgresCause`.
 */
export function openDatabase(url: string, options: Partial<DatabaseOptions> = {}): Database {
  const codecs: Codecs = { parsers: {}, serializers: {} }
  const pool = new Pool(url, { ...WEB_DEFAULTS, ...options }, codecs)
  const inTransaction = new AsyncLocalStorage<true>()

  const outside: Run = (text, args, arrays) => {
    if (inTransaction.getStore()) {
      // It would wait for a second permit while holding one: enough of these at once and nobody ever moves again.
      return Promise.reject(new Error('Inside a transaction every query goes through the transaction.'))
    }
    return pool.withConnection((run) => run(text, args, arrays))
  }
  const begin = <T>(work: (facade: Facade) => Promise<T>): Promise<T> => {
    if (inTransaction.getStore())
      return Promise.reject(new Error('Inside a transaction, nest with tx.transaction.'))
    return pool.withConnection((run) => inTransaction.run(true, () => runTransaction(run, codecs, work)))
  }

  const db = drizzle(driverFacade(outside, codecs, { begin }) as unknown as Driver)
  return Object.assign(db as unknown as Db, {
    gate: {
      saturated: (priority?: Priority) => pool.gate.saturated(priority),
      retryAfterSeconds: (priority?: Priority) => pool.gate.retryAfterSeconds(priority),
      stats: () => pool.stats(),
      onAdmitted: (listener: (waitedMs: number, priority: Priority) => void) => {
        pool.gate.onAdmitted = listener
      },
    },
    close: () => pool.end(),
  })
}
