import type { Press } from './presses'

/** What became of sending: answered for good, or to be sent again. */
export type SendResult =
  | { kind: 'done' }
  /** It was not done, and sending it again would not change that; `message` says why. */
  | { kind: 'refused'; message: string }
  | { kind: 'signed_out' }
  | { kind: 'again' }

const ANSWER_WITHIN_MS = 10_000

/** Sends a press once. Never throws: no answer is an answer that has to be asked for again. */
export async function sendPress(slug: string, { id, move }: Press): Promise<SendResult> {
  try {
    const response = await fetch(`/api/kitchen/${slug}/moves`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, move }),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
    if (response.status === 401) return { kind: 'signed_out' }
    if (response.status >= 500 || response.status === 429) return { kind: 'again' }
    if (!response.ok) return { kind: 'refused', message: NOT_TAKEN }
    const answer: { ok: boolean; message: string | null } = await response.json()
    return answer.ok ? { kind: 'done' } : { kind: 'refused', message: answer.message ?? NOT_TAKEN }
  } catch {
    return { kind: 'again' }
  }
}

const NOT_TAKEN = 'The server did not take this press. Reload this screen and press again.'
