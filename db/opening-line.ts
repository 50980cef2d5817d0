import { Gate, type Priority } from './gate'

export type OpeningOptions = {
  /** How many connections are opened at a time. */
  openings: number
  /** Whoever takes longer than this many milliseconds lets the next one try. */
  openingMs: number
}

/**
 * The line of those who open a connection. After all were lost, everybody would open one at once, in each web process:
 * PostgreSQL starts as many processes, which take the processor away from those that answer, and each password is proved
 * on this thread. Who is further back often finds one that came back by then. A server that takes connections and does
 * not answer holds up nobody for long, since the next one tries as well.
 */
export class OpeningLine {
  readonly #gate: Gate

  /** @param most how many there can be that open or wait */
  constructor(
    private readonly options: OpeningOptions,
    most: number,
  ) {
    this.#gate = new Gate({ max: options.openings, queue: most, waitMs: 0 })
  }

  /** Runs `open` when it is its turn, by priority. Rejects as it does, or with `Overloaded` where its turn did not come within `waitMs`. */
  async inTurn<T>(priority: Priority | undefined, waitMs: number, open: () => Promise<T>): Promise<T> {
    await this.#gate.enter(priority, waitMs)
    let isIn = true
    const leave = () => {
      if (isIn) this.#gate.leave()
      isIn = false
    }
    const timer = setTimeout(leave, this.options.openingMs)
    try {
      return await open()
    } finally {
      clearTimeout(timer)
      leave()
    }
  }
}
