import { type Codecs, type Driver, endsConnection, openDriver, type Rows } from './driver'
import { ConnectionLost } from './errors'

/** Deadlines count ticks and not the clock: while this process is too busy to read an answer, no time passes. */
export const TICK_MS = 250

/**
 * Sends a statement; with `arrays` its rows come as arrays of columns. With `unanswered` it is sent right behind those
 * before it, though these were not answered yet.
 */
export type Run = (text: string, args: unknown[], arrays: boolean, unanswered?: boolean) => Promise<Rows>

export type ConnectionOptions = {
  applicationName: string
  /** Server-side limits in milliseconds; not sent when `pooled`, since PgBouncer refuses startup parameters. */
  statementTimeoutMs: number
  lockTimeoutMs: number
  idleInTransactionTimeoutMs: number
  /** Behind PgBouncer in transaction mode: no named prepared statements, no startup parameters. */
  pooled: boolean
}

/** Of the process and not of the request that happens to be served, as a new one would be. */
const NOTHING: Promise<unknown> = Promise.resolve()
const FOREVER = () => Number.POSITIVE_INFINITY

/**
 * One connection, used by one holder at a time, one statement at a time but for a transaction's last ones. The driver
 * would reconnect by itself and run what it still has queued outside of the transaction it belonged to (its issue 1154),
 * and writes to a socket that is gone (1133, 1208); so a client that lost its connection is never asked again, its socket
 * is opened once (`openDriver`), and but for those last ones nothing is ever queued in it.
 */
export class Connection {
  readonly openedAt = performance.now()
  /** How long its holder can wait for an answer, asked as each statement is sent. */
  patienceMs = FOREVER
  readonly #driver: Driver
  #closed = false
  #running = 0
  #ticks = 0
  #patienceMs = Number.POSITIVE_INFINITY
  #tail = NOTHING

  constructor(url: string, { pooled, ...options }: ConnectionOptions, codecs: Codecs) {
    this.#driver = openDriver(
      url,
      {
        prepare: !pooled,
        connectTimeoutSeconds: 5,
        connection: pooled ? {} : startupParameters(options),
        onClose: () => {
          this.#closed = true
        },
      },
      codecs,
    )
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Resolves once it is connected, which the driver leaves to the first statement: its time would not be its own. */
  async connect(): Promise<void> {
    await this.run('', [], false)
  }

  run: Run = (text, args, arrays, unanswered = false) => {
    const before = this.#tail
    const result = unanswered
      ? this.#send(text, args, arrays)
      : before.then(() => this.#send(text, args, arrays))
    // Without what they came to: each would hold the one before it, and so all rows that were ever read. And no longer than
    // it is needed, since it holds the request that it was made in.
    const tail = Promise.allSettled([before, result]).then(() => {
      if (this.#tail === tail) this.#tail = NOTHING
    })
    this.#tail = tail
    return result
  }

  /** Forgets who held it. */
  rest(): void {
    this.patienceMs = FOREVER
  }

  /** Called by the pool every `TICK_MS`: ends a connection whose server has not answered in time. */
  tick(): void {
    if (this.#running > 0 && ++this.#ticks * TICK_MS >= this.#patienceMs) this.destroy()
  }

  destroy(): void {
    this.#closed = true
    this.#driver.end({ timeout: 0 }).catch(() => {})
  }

  async #send(text: string, args: unknown[], arrays: boolean): Promise<Rows> {
    if (this.#closed) throw new ConnectionLost('The database connection was lost.')
    const query = this.#driver.unsafe(text, args as never[], { prepare: args.length > 0 })
    this.#running++
    this.#ticks = 0
    this.#patienceMs = this.patienceMs()
    try {
      return (await (arrays ? query.values() : query)) as unknown as Rows
    } catch (error) {
      if (!this.#closed && !endsConnection(error)) throw error
      this.destroy()
      throw new ConnectionLost('The database connection was lost.', { cause: error })
    } finally {
      this.#running--
      this.#ticks = 0
    }
  }
}

function startupParameters(options: Omit<ConnectionOptions, 'pooled'>): Record<string, string | number> {
  return {
    application_name: options.applicationName,
    statement_timeout: options.statementTimeoutMs,
    lock_timeout: options.lockTimeoutMs,
    idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs,
  }
}
