import { AsyncLocalStorage } from 'node:async_hooks'
import { type PgDatabase, PgPreparedQuery } from 'drizzle-orm/pg-core'
import { drizzle, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { ConnectionLost, isConnectionLost, isPassing, overloadedCause, postgresCause } from './errors'
import { Gate, type GateOptions, type GateStats, Overloaded, type Priority } from './gate'
import { type RequestContext, requestContext } from './request-context'

export { ConnectionLost, isConnectionLost, isPassing, Overloaded, overloadedCause, postgresCause }

/** A database or a transaction: the first argument of every query and mutation. */
export type Db = PgDatabase<PostgresJsQueryResultHKT, Record<string, never>>

/** What the gate and its connections did since the process started; milliseconds. */
export type DatabaseStats = GateStats & { queries: number; queryMs: number; opened: number; lost: number }

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

export type DatabaseOptions = GateOptions & {
  applicationName: string
  /** Server-side limits in milliseconds; not sent when `pooled`, since PgBouncer refuses startup parameters. */
  statementTimeoutMs: number
  lockTimeoutMs: number
  idleInTransactionTimeoutMs: number
  /** After this age a connection is replaced when it comes back. */
  maxLifetimeMs: number
  /** Behind PgBouncer in transaction mode: no named prepared statements, no startup parameters. */
  pooled: boolean
  /** Sees each statement before it is sent: for plan tests and the explain tool. */
  onStatement: ((text: string, args: readonly unknown[]) => void) | undefined
  /** Is told of statements that took `slowMs` and longer, failed ones too; 0: of none. */
  onSlow: ((text: string, ms: number) => void) | undefined
  slowMs: number
}

const WEB_DEFAULTS: DatabaseOptions = {
  max: 10,
  queue: 200,
  waitMs: 3000,
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

/** A frozen server sends no timeout, so the client gives up this long after the server should have. */
const DEADLINE_GRACE_MS = 500
/** Deadlines count ticks and not the clock: while this process is too busy to read an answer, no time passes. */
const TICK_MS = 250
const RECONNECT_DELAY_CAP_MS = 500

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

type Codecs = { parsers: Record<string, unknown>; serializers: Record<string, unknown> }
type Rows = postgres.RowList<postgres.Row[]>
type Run = (text: string, args: unknown[], arrays: boolean) => Promise<Rows>

/**
 * One connection, used by one holder at a time, one statement at a time. The driver would reconnect by itself and run
 * what it still has queued outside of the transaction it belonged to (its issue 1154), and writes to a socket that is
 * gone (1133, 1208); so a client that lost its connection is never asked again, and nothing is ever queued in it.
 */
class Connection {
  readonly openedAt = performance.now()
  /** How long its holder can wait for an answer, asked as each statement is sent. */
  patienceMs = () => Number.POSITIVE_INFINITY
  #client: postgres.Sql
  #closed = false
  #running = false
  #ticks = 0
  #patienceMs = Number.POSITIVE_INFINITY
  #connected: Promise<void> | undefined
  #tail: Promise<unknown> = Promise.resolve()

  /**
   * @param learned what an earlier connection knows of the server's array types. The driver asks for them as it connects,
   *   and where that connection ends meanwhile its question fails with nobody to catch it
   */
  constructor(url: string, options: DatabaseOptions, codecs: Codecs, learned: Codecs | undefined) {
    this.#client = postgres(url, {
      max: 1,
      fetch_types: learned === undefined,
      prepare: !options.pooled,
      idle_timeout: 0,
      max_lifetime: null,
      connect_timeout: 5,
      backoff: () => 0,
      onnotice: () => {},
      onclose: () => {
        this.#closed = true
      },
      connection: startupParameters(options),
    })
    Object.assign(this.#client.options.parsers, learned?.parsers, codecs.parsers)
    Object.assign(this.#client.options.serializers, learned?.serializers, codecs.serializers)
  }

  /** How values are read and written, with all array types once it has answered something. */
  get codecs(): Codecs {
    const { parsers, serializers } = this.#client.options
    return { parsers: { ...parsers }, serializers: { ...serializers } }
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Resolves once it is connected, which the driver leaves to the first statement: its time would not be its own. */
  connect(): Promise<void> {
    this.#connected ??= this.run('', [], false).then(() => {})
    return this.#connected
  }

  run: Run = (text, args, arrays) => {
    const result = this.#tail.then(() => this.#send(text, args, arrays))
    this.#tail = result.catch(() => {})
    return result
  }

  /** Called by the pool every `TICK_MS`: ends a connection whose server has not answered in time. */
  tick(): void {
    if (this.#running && ++this.#ticks * TICK_MS >= this.#patienceMs) this.destroy()
  }

  destroy(): void {
    this.#closed = true
    this.#client.end({ timeout: 0 }).catch(() => {})
  }

  async #send(text: string, args: unknown[], arrays: boolean): Promise<Rows> {
    if (this.#closed) throw new ConnectionLost('The database connection was lost.')
    const query = this.#client.unsafe(text, args as never[], { prepare: args.length > 0 })
    this.#running = true
    this.#ticks = 0
    this.#patienceMs = this.patienceMs()
    try {
      return (await (arrays ? query.values() : query)) as unknown as Rows
    } catch (error) {
      if (!this.#closed && !endsConnection(error)) throw error
      this.destroy()
      throw new ConnectionLost('The database connection was lost.', { cause: error })
    } finally {
      this.#running = false
    }
  }
}

/** FATAL and PANIC end the backend; anything that PostgreSQL did not say itself is the network. */
function endsConnection(error: unknown): boolean {
  return (
    !(error instanceof postgres.PostgresError) || error.severity === 'FATAL' || error.severity === 'PANIC'
  )
}

function startupParameters(options: DatabaseOptions): Record<string, string | number> {
  if (options.pooled) return {}
  return {
    application_name: options.applicationName,
    statement_timeout: options.statementTimeoutMs,
    lock_timeout: options.lockTimeoutMs,
    idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs,
  }
}

/** Connections behind the gate: as many as there are permits, opened when first needed, reused last in first out. */
class Pool {
  readonly gate: Gate
  #idle: Connection[] = []
  #learned: Codecs | undefined
  #all = new Set<Connection>()
  #ticker: NodeJS.Timeout | undefined
  #failures = 0
  #retryAt = 0
  #ended = false
  #queries = 0
  #queryMs = 0
  #opened = 0
  #lost = 0

  constructor(
    private readonly url: string,
    private readonly options: DatabaseOptions,
    private readonly codecs: Codecs,
  ) {
    this.gate = new Gate(options)
  }

  stats(): DatabaseStats {
    return {
      ...this.gate.stats(),
      queries: this.#queries,
      queryMs: this.#queryMs,
      opened: this.#opened,
      lost: this.#lost,
    }
  }

  /** Runs `work` with a connection that nobody else uses meanwhile. */
  async withConnection<T>(work: (run: Run) => Promise<T>): Promise<T> {
    const askedAt = performance.now()
    await this.#enter()
    try {
      const connection = await this.#take()
      connection.patienceMs = this.#patienceSince(askedAt)
      try {
        const result = await work(this.#counted(connection))
        this.#learned ??= connection.codecs
        return result
      } finally {
        this.#giveBack(connection)
      }
    } finally {
      this.gate.leave()
    }
  }

  async end(): Promise<void> {
    this.#ended = true
    clearInterval(this.#ticker)
    for (const connection of this.#all) connection.destroy()
    this.#all.clear()
    this.#idle = []
  }

  /**
   * A server that is slow answers within its own time limit. One that is frozen never does, and whoever has stood in line
   * for a connection to it has waited long enough: that time counts, up to half of the whole.
   */
  #patienceSince(askedAt: number): () => number {
    const whole = this.#longestMs
    const context = requestContext().getStore()
    // What a request waited for before its first statement was a line, too.
    const since = context?.queries === 0 ? (context.startedAt ?? askedAt) : askedAt
    const usual = Math.max(whole / 2, whole - (performance.now() - since))
    return () => Math.min(usual, this.#timeLeft(context))
  }

  get #longestMs(): number {
    return this.options.statementTimeoutMs + DEADLINE_GRACE_MS
  }

  /**
   * A page asks several questions one after the other, and once more to say that it failed. Whoever has met a database that
   * does not answer waits no longer for all of them together than for one. What a request does after its answer has begun
   * has nobody who waits for the first word.
   */
  #timeLeft(context: RequestContext | undefined): number {
    if (!context?.overloaded || context.startedAt === undefined || context.isAnswered?.() !== false)
      return Number.POSITIVE_INFINITY
    return this.#longestMs - (performance.now() - context.startedAt)
  }

  async #enter(): Promise<void> {
    const context = requestContext().getStore()
    const since = performance.now()
    const left = this.#timeLeft(context)
    if (left <= 0)
      throw new Overloaded(
        'The request has waited for the database in vain.',
        this.gate.retryAfterSeconds(context?.priority),
      )
    try {
      await this.gate.enter(context?.priority, left)
    } catch (error) {
      if (context) context.overloaded = true
      throw error
    } finally {
      if (context) context.gateMs = (context.gateMs ?? 0) + performance.now() - since
    }
  }

  async #take(): Promise<Connection> {
    if (this.#ended) throw new ConnectionLost('The database was closed.')
    for (let connection = this.#idle.pop(); connection; connection = this.#idle.pop()) {
      if (!connection.closed) return connection
      this.#drop(connection)
    }
    await this.#backOff()
    const connection = new Connection(this.url, this.options, this.codecs, this.#learned)
    this.#ticker ??= setInterval(() => {
      for (const each of this.#all) each.tick()
    }, TICK_MS).unref()
    this.#all.add(connection)
    this.#opened++
    return connection
  }

  #giveBack(connection: Connection): void {
    const aged = performance.now() - connection.openedAt > this.options.maxLifetimeMs
    if (connection.closed || aged || this.#ended) {
      connection.destroy()
      this.#drop(connection)
    } else this.#idle.push(connection)
  }

  #drop(connection: Connection): void {
    if (this.#all.delete(connection) && connection.closed) this.#lost++
  }

  /** While the server is away each newcomer would try it at once; spread them, capped so that recovery shows soon. */
  async #backOff(): Promise<void> {
    const wait = this.#retryAt - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
  }

  #counted(connection: Connection): Run {
    return async (text, args, arrays) => {
      const context = requestContext().getStore()
      let start: number | undefined
      try {
        await connection.connect()
        if (context) context.queries++
        this.#queries++
        this.options.onStatement?.(text, args)
        start = performance.now()
        const rows = await connection.run(text, args, arrays)
        this.#failures = 0
        return rows
      } catch (error) {
        if (error instanceof ConnectionLost) {
          const delay = Math.min(25 * 2 ** this.#failures++, RECONNECT_DELAY_CAP_MS)
          this.#retryAt = performance.now() + delay * (0.5 + Math.random() / 2)
        }
        // Whoever asked can come back in a moment: a page that fails of this is no bug.
        if (context && (error instanceof ConnectionLost || isPassing(error))) context.overloaded = true
        throw error
      } finally {
        const ms = start === undefined ? 0 : performance.now() - start
        this.#queryMs += ms
        if (this.options.slowMs > 0 && ms >= this.options.slowMs) this.options.onSlow?.(text, ms)
      }
    }
  }
}

/** What Drizzle's session asks of a postgres.js client: a statement, a transaction, a savepoint. */
function driverFacade(run: Run, codecs: Codecs, nested: object) {
  return {
    options: codecs,
    unsafe(text: string, args: unknown[] = []) {
      const start = (arrays: boolean) => run(text, args, arrays)
      return {
        values: () => start(true),
        // biome-ignore lint/suspicious/noThenProperty: Drizzle awaits the query object, as it does the driver's.
        then: (...handlers: Parameters<Promise<Rows>['then']>) => start(false).then(...handlers),
      }
    },
    ...nested,
  }
}

type Facade = ReturnType<typeof driverFacade>

/** BEGIN to COMMIT on one connection. A connection that dies fails all later calls; nothing runs outside. */
async function runTransaction<T>(run: Run, codecs: Codecs, work: (facade: Facade) => Promise<T>): Promise<T> {
  let over = false
  const guarded: Run = (text, args, arrays) => {
    if (over) return Promise.reject(new Error('This transaction has ended: a query was not awaited in it.'))
    return run(text, args, arrays)
  }
  await run('begin', [], false)
  try {
    const result = await work(driverFacade(guarded, codecs, { savepoint: savepoints(guarded, codecs) }))
    over = true
    const { command } = await run('commit', [], false)
    if (command === 'ROLLBACK')
      throw new Error('The transaction was rolled back: a failed statement in it was ignored.')
    return result
  } catch (error) {
    over = true
    await run('rollback', [], false).catch(() => {})
    throw error
  }
}

function savepoints(run: Run, codecs: Codecs) {
  let depth = 0
  const savepoint = async <T>(work: (facade: Facade) => Promise<T>): Promise<T> => {
    const name = `s${++depth}`
    await run(`savepoint ${name}`, [], false)
    try {
      const result = await work(driverFacade(run, codecs, { savepoint }))
      await run(`release savepoint ${name}`, [], false)
      return result
    } catch (error) {
      await run(`rollback to savepoint ${name}`, [], false).catch(() => {})
      throw error
    }
  }
  return savepoint
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

  const db = drizzle(driverFacade(outside, codecs, { begin }) as unknown as postgres.Sql)
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

/** One dedicated connection, outside of the gate: migrations, LISTEN, advisory locks, loading. */
export type Session = {
  query<Row = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<Row[]>
  /** Calls back for each notification, until the session closes. */
  listen(channel: string, onPayload: (payload: string) => void): Promise<void>
  /** Calls back once when the connection ends, whoever ended it. */
  onClose(callback: () => void): void
  close(): Promise<void>
}

export type SessionOptions = {
  connectTimeoutSeconds?: number
  applicationName?: string
  /** Neither sends nor reads arrays, so the driver need not ask for their types, which nobody could catch the failure of. */
  withoutArrays?: boolean
}

/** Opens a session, connected when the promise resolves. Without statement timeout; the caller sets its own. */
export async function openSession(url: string, options: SessionOptions = {}): Promise<Session> {
  const listeners = new Map<string, (payload: string) => void>()
  const closeCallbacks: (() => void)[] = []
  let closed = false
  const connectionEnded = () => {
    if (closed) return
    closed = true
    for (const callback of closeCallbacks) callback()
  }
  const settings = {
    max: 1,
    prepare: false,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: options.connectTimeoutSeconds ?? 10,
    fetch_types: options.withoutArrays !== true,
    onnotice: () => {},
    onclose: connectionEnded,
    // Known to the driver, unknown to its types: its own `listen` is built on it, but opens a connection of its own.
    onnotify: (channel: string, payload: string) => listeners.get(channel)?.(payload),
    connection: { application_name: options.applicationName ?? 'brigade-session' },
  }
  const client = postgres(url, settings)
  let tail: Promise<unknown> = Promise.resolve()

  const query = <Row>(text: string, params: readonly unknown[] = []): Promise<Row[]> => {
    const result = tail.then(async () => {
      if (closed) throw new ConnectionLost('The database connection was lost.')
      return [...(await client.unsafe(text, params as never[]))] as Row[]
    })
    tail = result.catch(() => {})
    return result
  }
  try {
    await query('select 1')
  } catch (error) {
    await client.end({ timeout: 0 })
    throw error
  }
  return {
    query,
    async listen(channel, onPayload) {
      listeners.set(channel, onPayload)
      await query(`listen "${channel.replaceAll('"', '""')}"`)
    },
    onClose(callback) {
      if (closed) callback()
      else closeCallbacks.push(callback)
    },
    async close() {
      // The driver would wait out its time-out for a connection that is gone already.
      await client.end({ timeout: closed ? 0 : 5 })
      connectionEnded()
    },
  }
}
