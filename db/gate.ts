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

/**
 * Whose turn comes first when all permits are held: the few questions whose answers all walls of a process are told, then
 * what a kitchen and its guests wait for, then pages as they come, then what can wait for a minute (reports, exports).
 */
export const PRIORITIES = ['walls', 'kitchen', 'usual', 'later'] as const
export type Priority = (typeof PRIORITIES)[number]

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

const FULL = 'The database has more work than it can queue.'

/** `until`: when it is refused, as `performance.now()` counts. */
type Waiter = { until: number; admit: () => void; refuse: (message: string) => void }

/**
 * A counting semaphore with a bounded queue and a deadline: by priority, and within one whoever may wait the shortest. A
 * request asks several times, each time with what is left of its own deadline, so one that has begun is not sent to the
 * end of the line again, and those that may wait equally long come in turn. The pool
 * behind it has as many connections as there are permits, so a holder never waits a second time. Of several permits
 * one is never given to what can wait, so that a page of reports can't stop a kitchen. Where the queue is full,
 * whoever comes with a higher priority takes the place of who came last with the lowest.
 */
export class Gate {
  #inUse = 0
  #queues: Record<Priority, Waiter[]> = { walls: [], kitchen: [], usual: [], later: [] }
  #admitted = 0
  #refused = 0
  #waitedMs = 0
  #longestWaitMs = 0
  /** Told of each permit that was given, for what sums can't show. */
  onAdmitted: ((waitedMs: number, priority: Priority) => void) | undefined

  constructor(readonly options: GateOptions) {}

  /** Resolves when a permit is held; rejects with `Overloaded`, after `waitMs` at most, the usual time unless told. Every `enter` needs its `leave`. */
  async enter(priority: Priority = 'usual', waitMs = this.options.waitMs): Promise<void> {
    if (this.#inUse < this.#permitsFor(priority)) {
      this.#inUse++
      this.#admit(0, priority)
      return
    }
    if (this.saturated(priority)) throw this.#refuse(FULL, priority)
    if (this.#waiting >= this.options.queue) this.#lastBehind(priority)?.refuse(FULL)
    await this.#wait(priority, waitMs)
  }

  /** Gives the permit to whose turn it is, or back. */
  leave(): void {
    this.#inUse--
    const queue = PRIORITIES.map((priority) => this.#queues[priority]).find(({ length }) => length > 0)
    const isLater = queue === this.#queues.later
    if (!queue || this.#inUse >= this.#permitsFor(isLater ? 'later' : 'usual')) return
    this.#inUse++
    queue.shift()?.admit()
  }

  /** True while a newcomer would be refused at once. */
  saturated(priority: Priority = 'usual'): boolean {
    return (
      this.#inUse >= this.#permitsFor(priority) &&
      this.#waiting >= this.options.queue &&
      this.#lastBehind(priority) === undefined
    )
  }

  /** Who comes first in line may come back soonest: a wall that waits longer shows for as long what is no longer so. */
  retryAfterSeconds(priority: Priority = 'usual'): number {
    const isSoon = priority === 'walls' || priority === 'kitchen'
    return isSoon ? 1 : Math.max(1, Math.ceil(this.options.waitMs / 1000))
  }

  stats(): GateStats {
    return {
      max: this.options.max,
      inUse: this.#inUse,
      idle: this.options.max - this.#inUse,
      waiting: this.#waiting,
      admitted: this.#admitted,
      refused: this.#refused,
      waitedMs: this.#waitedMs,
      longestWaitMs: this.#longestWaitMs,
    }
  }

  get #waiting(): number {
    return PRIORITIES.reduce((sum, priority) => sum + this.#queues[priority].length, 0)
  }

  #permitsFor(priority: Priority): number {
    const { max } = this.options
    return priority === 'later' && max > 1 ? max - 1 : max
  }

  /** Who came last of those who wait with the lowest priority, if that is lower than this one. */
  #lastBehind(priority: Priority): Waiter | undefined {
    const behind = PRIORITIES.slice(PRIORITIES.indexOf(priority) + 1).toReversed()
    return behind.map((lower) => this.#queues[lower].at(-1)).find((waiter) => waiter !== undefined)
  }

  #wait(priority: Priority, waitMs: number): Promise<void> {
    const queue = this.#queues[priority]
    const since = performance.now()
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        until: since + waitMs,
        admit: () => {
          clearTimeout(timer)
          this.#admit(performance.now() - since, priority)
          resolve()
        },
        refuse: (message) => {
          clearTimeout(timer)
          queue.splice(queue.indexOf(waiter), 1)
          reject(this.#refuse(message, priority))
        },
      }
      const timer = setTimeout(
        () => waiter.refuse(`No database connection came free within ${Math.round(waitMs)} ms.`),
        waitMs,
      )
      queue.splice(queue.findLastIndex(({ until }) => until <= waiter.until) + 1, 0, waiter)
    })
  }

  #admit(waitedMs: number, priority: Priority): void {
    this.#admitted++
    this.#waitedMs += waitedMs
    this.#longestWaitMs = Math.max(this.#longestWaitMs, waitedMs)
    this.onAdmitted?.(waitedMs, priority)
  }

  #refuse(message: string, priority: Priority): Overloaded {
    this.#refused++
    return new Overloaded(message, this.retryAfterSeconds(priority))
  }
}
