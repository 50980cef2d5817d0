'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { Snapshot } from './snapshot'

const EVERY_MS = 5000
const ANSWER_WITHIN_MS = 10_000

/**
 * The newest picture, asked for every five seconds while the page can be seen and at once when it can be seen again.
 * Fetched and not `router.refresh()`: where the server can't be reached that leaves the page, and with it the tickets.
 */
export function useSnapshot(initial: Snapshot, slug: string) {
  const [fetched, setFetched] = useState(initial)
  const [signedOut, setSignedOut] = useState(false)
  const inFlight = useRef<AbortController | null>(null)

  const refresh = useCallback(async () => {
    inFlight.current?.abort()
    const controller = new AbortController()
    inFlight.current = controller
    try {
      const signal = AbortSignal.any([controller.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)])
      const response = await fetch(`/kitchen/${slug}/snapshot`, { redirect: 'manual', signal })
      setSignedOut(response.type === 'opaqueredirect')
      if (response.ok) {
        const taken: Snapshot = await response.json()
        setFetched((current) => newer(current, taken))
      }
    } catch {
      // No answer: the tickets stay, and the header says how old they are.
    } finally {
      if (inFlight.current === controller) inFlight.current = null
    }
  }, [slug])

  useEffect(() => {
    const poll = () => {
      // A slow answer is waited for: asking again would only begin it anew.
      if (!document.hidden && !inFlight.current) refresh()
    }
    const timer = setInterval(poll, EVERY_MS)
    document.addEventListener('visibilitychange', poll)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', poll)
      inFlight.current?.abort()
    }
  }, [refresh])

  // The page itself is newer than what was fetched after it was rendered again.
  return { snapshot: newer(fetched, initial), signedOut, refresh }
}

const newer = (one: Snapshot, other: Snapshot) => (other.at > one.at ? other : one)
