import { type Spread, spreadOf } from '../lib/meter'

/** What people of a chain do at noon. Whoever orders also sends what a kitchen presses on. */
export const KINDS = ['guest menu', 'wall stream', 'order', 'press', 'search', 'back office'] as const
export type Kind = (typeof KINDS)[number]

/** How a request ended. A refusal says when to come back; one that does not is an error. */
export type End = 'served' | 'refused' | 'error' | 'unexpected' | 'no answer'

export type Figures = Record<End, number> & Spread

/** Counts how requests of each kind ended, and keeps how long those took that were served. */
export class Tally {
  readonly #ends = new Map<Kind, Record<End, number>>()
  readonly #times = new Map<Kind, number[]>()
  /** A few of those that should not be, in full. */
  readonly examples: string[] = []

  count(kind: Kind, end: End, ms: number, example?: string): void {
    const ends = this.#ends.get(kind) ?? none()
    this.#ends.set(kind, ends)
    ends[end]++
    if (end === 'served') this.#timesOf(kind).push(ms)
    if (example && this.examples.length < 5) this.examples.push(`${kind}: ${example}`)
  }

  of(kind: Kind): Figures {
    return { ...(this.#ends.get(kind) ?? none()), ...spreadOf(this.#timesOf(kind)) }
  }

  #timesOf(kind: Kind): number[] {
    const times = this.#times.get(kind) ?? []
    this.#times.set(kind, times)
    return times
  }
}

const none = (): Record<End, number> => ({ served: 0, refused: 0, error: 0, unexpected: 0, 'no answer': 0 })

/** What an answer amounts to. */
export function endOf(status: number, expected: number, retryAfterSeconds: number | null): End {
  if (status === expected) return 'served'
  if (status === 503 && retryAfterSeconds !== null) return 'refused'
  return status >= 500 ? 'error' : 'unexpected'
}
