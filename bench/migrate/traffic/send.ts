import { setTimeout as pause } from 'node:timers/promises'
import type { Kind, Recorder } from './recorder'

/** As long as a wall waits for the answer to a press. */
const ANSWER_WITHIN_MS = 10_000
const TRIES = 6
const FIRST_PAUSE_MS = 200

type Request = RequestInit & { expect: number }
export type Answer = { status: number; body: string }

/** Sends one request, and reads its answer to the end. Null where there was none, or another than the one expected. */
async function sendOnce(
  recorder: Recorder,
  kind: Kind,
  url: string,
  { expect, ...init }: Request,
): Promise<(Answer & { retryAfterMs: number }) | null> {
  const end = recorder.begin(kind)
  const giveUp = new AbortController()
  const tooLate = rejectAfter(ANSWER_WITHIN_MS)
  try {
    const response = await Promise.race([
      fetch(url, { redirect: 'manual', ...init, signal: giveUp.signal }),
      tooLate.rejects,
    ])
    const body = await Promise.race([response.text(), tooLate.rejects])
    end(response.status === expect ? null : `${response.status} ${body.slice(0, 300)}`)
    const retryAfterMs = Number(response.headers.get('retry-after') ?? 0) * 1000
    return { status: response.status, body, retryAfterMs }
  } catch (error) {
    end(causeOf(error))
    return null
  } finally {
    tooLate.cancel()
    giveUp.abort()
  }
}

/** Beside the signal: a `fetch` whose answer breaks off while it is aborted may never settle. */
function rejectAfter(ms: number) {
  let timer: NodeJS.Timeout | undefined
  const rejects = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${ms / 1000} s`)), ms)
  })
  return { rejects, cancel: () => clearTimeout(timer) }
}

/** `fetch failed` tells nothing; what it was caused by does. */
const causeOf = (error: unknown): string =>
  error instanceof Error
    ? String((error.cause as Error | undefined)?.message ?? error.message)
    : String(error)

/** One request that nobody repeats: a page. */
export const sendPlain = (recorder: Recorder, kind: Kind, url: string, request: Request): Promise<unknown> =>
  sendOnce(recorder, kind, url, request)

/**
 * Sends a request again, as software should, until the server has said yes or no: 5xx, 429, 409 with `Retry-After` and
 * no answer at all are none. Another sending goes to the next address, as with a balancer in front.
 * @returns null when all tries were in vain
 */
export async function sendUntilAnswered(
  recorder: Recorder,
  kind: Kind,
  urls: () => string,
  request: Request,
): Promise<Answer | null> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const answer = await sendOnce(recorder, kind, urls(), request)
    const isAnswer = answer && answer.status < 500 && answer.status !== 429 && answer.retryAfterMs === 0
    if (isAnswer) return answer
    await pause(Math.max(answer?.retryAfterMs ?? 0, FIRST_PAUSE_MS * 2 ** attempt))
  }
  return null
}
