import { setTimeout as pause } from 'node:timers/promises'
import type { Place } from '../migrate/traffic/places'
import { type Answer, type Asked, Line, retryAfter } from './line'
import { endOf, type Kind, type Tally } from './tally'

/** Beats come every five seconds; a wall that hears nothing for so long is red. */
const SILENT_AFTER_MS = 10_000
const AGAIN_MS = 500

export type UserOptions = {
  origin: string
  cookie: string
  place: Place
  tally: Tally
  signal: AbortSignal
}

/** One person, or one screen: asks, waits as long as they are told to, and notes how it went. */
export class User {
  readonly place: Place
  readonly #line: Line

  constructor(readonly options: UserOptions) {
    this.place = options.place
    this.#line = new Line(options.origin)
  }

  /** Null where it was not served. Whoever was refused comes back when told to, whoever had no answer a moment later. */
  async ask(kind: Kind, path: string, asked: Asked = {}, expected = 200): Promise<Answer | null> {
    const startedAt = performance.now()
    const took = () => performance.now() - startedAt
    try {
      const answer = await this.#line.ask(path, asked)
      const end = endOf(answer.status, expected, answer.retryAfterSeconds)
      const isOdd = end !== 'served' && end !== 'refused'
      const example = isOdd ? `${answer.status} of ${path}: ${answer.body().slice(0, 200)}` : undefined
      this.options.tally.count(kind, end, took(), example)
      if (end === 'served') return answer
      await this.rest((answer.retryAfterSeconds ?? 0) * 1000 || AGAIN_MS)
    } catch (error) {
      this.options.tally.count(kind, 'no answer', took(), `${path}: ${String(error)}`)
      await this.rest(AGAIN_MS)
    }
    return null
  }

  /** Holds a wall's stream open until the end, and opens it again whenever it breaks. */
  async watch(path: string): Promise<void> {
    const { tally, signal, cookie } = this.options
    while (!signal.aborted) {
      const startedAt = performance.now()
      const took = () => performance.now() - startedAt
      const silence = new AbortController()
      try {
        const headers = { cookie, accept: 'text/event-stream' }
        const message = await this.#line.open(path, { headers }, AbortSignal.any([signal, silence.signal]))
        const end = endOf(message.statusCode ?? 0, 200, retryAfter(message))
        tally.count(
          'wall stream',
          end,
          took(),
          end === 'error' ? `${message.statusCode} of ${path}` : undefined,
        )
        if (end === 'served') await this.#listen(message, silence)
        else message.resume()
        await this.rest((retryAfter(message) ?? 0) * 1000 || AGAIN_MS)
      } catch (error) {
        if (signal.aborted) return
        tally.count('wall stream', 'no answer', took(), `${path}: ${String(error)}`)
        await this.rest(AGAIN_MS)
      }
    }
  }

  /** Resolves when the server ends the stream; throws where it breaks, or says nothing for too long. */
  async #listen(message: AsyncIterable<unknown>, silence: AbortController): Promise<void> {
    let timer = setTimeout(() => silence.abort(), SILENT_AFTER_MS)
    try {
      for await (const _ of message) {
        clearTimeout(timer)
        timer = setTimeout(() => silence.abort(), SILENT_AFTER_MS)
      }
    } finally {
      clearTimeout(timer)
    }
  }

  close(): void {
    this.#line.close()
  }

  async rest(ms: number): Promise<void> {
    if (ms > 0) await pause(ms, undefined, { signal: this.options.signal }).catch(() => {})
  }
}
