/** The queue for a permit was full, or its deadline passed. Answer 503 with `Retry-After`; nothing was done. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded'
  constructor(
    message: string,
    readonly retryAfterSeconds: number,
  ) {
    super(message)
  }
}

export type GateOptions = {
  /** Permits: how many may work at once. */
  max: number
  /** How many may wait; the next one is refused at once. */
  queue: number
  /** How long one may wait, in milliseconds. */
  waitMs: number
}

export type GateStats = {
  max: number
  inUse: number
  idle: number
  waiting: number
  admitted: number
  refused: number
  /** Sum over all admissions, in milliseconds. */
  waitedMs: number
  longestWaitMs: number
}

type Waiter = { admit: () => void; refuse: (error: Overloaded) => void; since: number; timer: NodeJS.Timeout }

/**
 * A counting semaphore with a bounded, first-come queue and a deadline. The pool behind it has as many connections as
 * there are permits, so a holder never waits a second time.
 */
export class Gate {
  #inUse = 0
  #waiters: Waiter[] = []
  #admitted = 0
  #refused = 0
  #waitedMs = 0
  #longestWaitMs = 0

  constructor(readonly options: GateOptions) {}

  /** Resolves when a permit is held; rejects with `Overloaded`. Every `enter` needs its `leave`. */
  async enter(): Promise<void> {
    if (this.#inUse < this.options.max) {
      this.#inUse++
      this.#admitted++
      return
    }
    if (this.saturated()) throw this.#refuse('The database has more work than it can queue.')
    await this.#wait()
  }

  /** Gives the permit to the one who has waited longest, or back. */
  leave(): void {
    const next = this.#waiters.shift()
    if (next) next.admit()
    else this.#inUse--
  }

  /** True while a newcomer would be refused at once. */
  saturated(): boolean {
    return this.#inUse >= this.options.max && this.#waiters.length >= this.options.queue
  }

  get retryAfterSeconds(): number {
    return Math.max(1, Math.ceil(this.options.waitMs / 1000))
  }

  stats(): GateStats {
    return {
      max: this.options.max,
      inUse: this.#inUse,
      idle: this.options.max - this.#inUse,
      waiting: this.#waiters.length,
      admitted: this.#admitted,
      refused: this.#refused,
      waitedMs: this.#waitedMs,
      longestWaitMs: this.#longestWaitMs,
    }
  }

  #wait(): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        since: performance.now(),
        admit: () => {
          clearTimeout(waiter.timer)
          const waited = performance.now() - waiter.since
          this.#waitedMs += waited
          this.#longestWaitMs = Math.max(this.#longestWaitMs, waited)
          this.#admitted++
          resolve()
        },
        refuse: reject,
        timer: setTimeout(() => {
          this.#waiters.splice(this.#waiters.indexOf(waiter), 1)
          waiter.refuse(this.#refuse(`No database connection came free within ${this.options.waitMs} ms.`))
        }, this.options.waitMs),
      }
      this.#waiters.push(waiter)
    })
  }

  #refuse(message: string): Overloaded {
    this.#refused++
    return new Overloaded(message, this.retryAfterSeconds)
  }
}
