import { useEffect, useState } from 'react'
import type { Entry } from './entry'

const PAUSE_MS = 120

export type Answer = {
  /** What was typed when it was asked. */
  text: string
  entries: Entry[]
  /** Why there are none, in words. */
  trouble: string | null
}

/**
 * Where the text may lead. While a newer text is being asked about, the answer to the older one stays, so that the list
 * does not flicker: its `text` tells. Null until the first.
 */
export function useEntries(text: string): Answer | null {
  const [answer, setAnswer] = useState<Answer | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    // The first list is there at once; typing is asked about when it pauses.
    const timer = setTimeout(
      async () => {
        const next = await ask(text, stop.signal)
        if (next && !stop.signal.aborted) setAnswer(next)
      },
      text === '' ? 0 : PAUSE_MS,
    )
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [text])
  return answer
}

async function ask(text: string, signal: AbortSignal): Promise<Answer | null> {
  const fail = (trouble: string): Answer => ({ text, entries: [], trouble })
  try {
    const response = await fetch(`/find?${new URLSearchParams({ q: text })}`, { signal })
    if (response.status === 401) return fail('You are signed out. Reload the page to sign in again.')
    if (!response.ok) return fail('Brigade is busy. Type on to try again.')
    return { text, entries: (await response.json()) as Entry[], trouble: null }
  } catch {
    return signal.aborted ? null : fail('No contact with Brigade. Type on to try again.')
  }
}
