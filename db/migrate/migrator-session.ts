import { hostname } from 'node:os'
import { ConnectionLost, openSession, type Session } from '../client'
import { Refused } from './refused'

export type MigratorSession = {
  /** Rejects once the migrator was told to stop. */
  query: Session['query']
  /** For tidying up: runs even then. */
  tidy: Session['query']
  /**
   * Undoes what an earlier file has set, so that every file meets the same session, and lifts the time limits of the
   * role or the database, which are meant for the web.
   */
  reset(): Promise<void>
  /** A further connection, to look at what this one does or to listen. Whoever opens it closes it. */
  aside(): Promise<Session>
}

/** A build or a batch of a migrator that was killed ends within this time, and with it the locks that it held. */
const NOTICE_DEAD_CLIENT = '2s'

const TIME_LIMITS = [
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
  'idle_session_timeout',
  'transaction_timeout', // since PostgreSQL 17
]

/**
 * Works with a session of its own and closes it after. When `signal` aborts, the running statement is cancelled on the
 * server, which would otherwise work on for a client that is gone.
 * @throws {Refused} `unreachable`, `stopped`, `connection_lost`
 */
export async function withMigratorSession<T>(
  url: string,
  signal: AbortSignal | undefined,
  work: (session: MigratorSession) => Promise<T>,
): Promise<T> {
  const session = await open(url)
  let lost = false
  session.onClose(() => {
    lost = true
  })
  const canceller = cancelOnAbort(url, signal)
  try {
    return await work({
      tidy: session.query,
      aside: () => openSession(url, { applicationName: applicationName('watching') }),
      async query(text, params) {
        signal?.throwIfAborted()
        return session.query(text, params)
      },
      async reset() {
        canceller.target(await resetSession(session))
      },
    })
  } catch (error) {
    throw interruption(error, lost, signal) ?? error
  } finally {
    await canceller.done()
    // The driver would wait for the answer to the statement that the connection was lost in.
    if (!lost) await session.close()
  }
}

async function open(url: string): Promise<Session> {
  try {
    return await openSession(url, { applicationName: applicationName('migrate') })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Refused('unreachable', `The database can't be reached: ${why}.`, { cause: error })
  }
}

const applicationName = (what: string) => `brigade ${what} on ${hostname()}, process ${process.pid}`

async function resetSession(session: Session): Promise<number | undefined> {
  await session.query('reset session authorization; reset role; reset all')
  const [row] = await session.query<{ pid: number }>(
    `select pg_backend_pid() as pid, count(set_config(name, '0', false))
     from pg_settings where name = any($1)`,
    [TIME_LIMITS],
  )
  // Where the server's system can't watch a connection, it refuses the setting: then a killed migrator's statement
  // runs to its end, and the next migrator waits for it.
  await session.query(`set client_connection_check_interval = '${NOTICE_DEAD_CLIENT}'`).catch(() => {})
  return row?.pid
}

function interruption(error: unknown, lost: boolean, signal: AbortSignal | undefined): Refused | null {
  const options = { cause: error }
  if (signal?.aborted) {
    const message = 'Stopped before all migrations were applied: the next run goes on from there.'
    return new Refused('stopped', message, options)
  }
  if (lost || error instanceof ConnectionLost) {
    const message =
      'The connection to the database was lost while migrating: run it again to go on from there.'
    return new Refused('connection_lost', message, options)
  }
  return null
}

/** PostgreSQL takes a cancel request only on another connection. */
function cancelOnAbort(url: string, signal: AbortSignal | undefined) {
  let pid: number | undefined
  let cancelling = Promise.resolve()
  const onAbort = () => {
    if (pid !== undefined) cancelling = cancel(url, pid)
  }
  signal?.addEventListener('abort', onAbort, { once: true })
  return {
    target(backend: number | undefined) {
      pid = backend
    },
    async done() {
      signal?.removeEventListener('abort', onAbort)
      await cancelling
    },
  }
}

async function cancel(url: string, pid: number): Promise<void> {
  try {
    const session = await openSession(url, { connectTimeoutSeconds: 5 })
    await session.query('select pg_cancel_backend($1)', [pid])
    await session.close()
  } catch {
    // No connection to be had: ours is closed next, which the server notices when its statement is over.
  }
}
