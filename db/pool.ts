import { Connection, type ConnectionOptions, type Run, TICK_MS } from './connection'
import type { Codecs } from './driver'
import { ConnectionLost, isPassing } from './errors'
import { Gate, type GateOptions, type GateStats, Overloaded } from './gate'
import { OpeningLine, type OpeningOptions } from './opening-line'
import { lineMs, patienceMs } from './patience'
import { outsideRequests, type RequestContext, requestContext } from './request-context'

/** What the gate and its connections did since the process started; milliseconds. */
export type DatabaseStats = GateStats & { queries: number; queryMs: number; opened: number; lost: number }

export type DatabaseOptions = GateOptions &
  OpeningOptions &
  ConnectionOptions & {
    /** After this age a connection is replaced when it comes back. */
    maxLifetimeMs: number
    /** Sees each statement before it is sent: for plan tests and the explain tool. */
    onStatement: ((text: string, args: readonly unknown[]) => void) | undefined
    /** Is told of statements that took `slowMs` and longer, failed ones too; 0: of none. */
    onSlow: ((text: string, ms: number) => void) | undefined
    slowMs: number
  }

/** A frozen server sends no timeout, so the client gives up this long after the server should have. */
const DEADLINE_GRACE_MS = 500
const RECONNECT_DELAY_CAP_MS = 500

/** Connections behind the gate: as many as there are permits, opened when first needed, reused last in first out. */
export class Pool {
  readonly gate: Gate
  readonly #openings: OpeningLine
  #idle: Connection[] = []
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
    this.#openings = new OpeningLine(options, options.max)
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
    const context = requestContext().getStore()
    await this.#enter(context)
    try {
      const wholeMs = this.options.statementTimeoutMs + DEADLINE_GRACE_MS
      const connection = await this.#take(context, () => patienceMs({ wholeMs, askedAt, context }))
      try {
        return await work(this.#counted(connection))
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

  async #enter(context: RequestContext | undefined): Promise<void> {
    const since = performance.now()
    try {
      await this.gate.enter(context?.priority, lineMs(this.gate, context))
    } catch (error) {
      if (context) context.overloaded = true
      throw error
    } finally {
      if (context) context.gateMs = (context.gateMs ?? 0) + performance.now() - since
    }
  }

  /** An idle connection, or one that is opened: `patience` says how long its holder can wait for that and for each answer. */
  async #take(context: RequestContext | undefined, patience: () => number): Promise<Connection> {
    if (this.#ended) throw new ConnectionLost('The database was closed.')
    const idle = this.#takeIdle(patience)
    if (idle) return idle
    await this.#backOff()
    try {
      return await this.#openings.inTurn(
        context?.priority,
        patience(),
        async () => this.#takeIdle(patience) ?? (await outsideRequests(() => this.#open(patience))),
      )
    } catch (error) {
      this.#noteFailure(error, context)
      throw error
    }
  }

  #takeIdle(patience: () => number): Connection | undefined {
    for (let connection = this.#idle.pop(); connection; connection = this.#idle.pop()) {
      connection.patienceMs = patience
      if (!connection.closed) return connection
      this.#drop(connection)
    }
    return undefined
  }

  async #open(patience: () => number): Promise<Connection> {
    if (this.#ended) throw new ConnectionLost('The database was closed.')
    const connection = new Connection(this.url, this.options, this.codecs)
    connection.patienceMs = patience
    this.#ticker ??= setInterval(() => {
      for (const each of this.#all) each.tick()
    }, TICK_MS).unref()
    this.#all.add(connection)
    this.#opened++
    try {
      await connection.connect()
      return connection
    } catch (error) {
      this.#giveBack(connection)
      throw error
    }
  }

  #giveBack(connection: Connection): void {
    const aged = performance.now() - connection.openedAt > this.options.maxLifetimeMs
    if (connection.closed || aged || this.#ended) {
      connection.destroy()
      this.#drop(connection)
      return
    }
    connection.rest()
    this.#idle.push(connection)
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
    return async (text, args, arrays, unanswered) => {
      const context = requestContext().getStore()
      if (context) context.queries++
      this.#queries++
      this.options.onStatement?.(text, args)
      const start = performance.now()
      try {
        const rows = await connection.run(text, args, arrays, unanswered)
        this.#failures = 0
        return rows
      } catch (error) {
        this.#noteFailure(error, context)
        throw error
      } finally {
        const ms = performance.now() - start
        this.#queryMs += ms
        if (this.options.slowMs > 0 && ms >= this.options.slowMs) this.options.onSlow?.(text, ms)
      }
    }
  }

  #noteFailure(error: unknown, context: RequestContext | undefined): void {
    if (error instanceof ConnectionLost) {
      const delay = Math.min(25 * 2 ** this.#failures++, RECONNECT_DELAY_CAP_MS)
      this.#retryAt = performance.now() + delay * (0.5 + Math.random() / 2)
    }
    // Whoever asked can come back in a moment: a page that fails of this is no bug.
    const isAway = error instanceof ConnectionLost || error instanceof Overloaded
    if (context && (isAway || isPassing(error))) context.overloaded = true
  }
}
