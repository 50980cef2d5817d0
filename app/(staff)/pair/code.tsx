'use client'

import { useEffect, useState } from 'react'
import { PAIRING_MINUTES } from '@/domain/pairing'
import styles from './pair.module.css'
import type { PairingState } from './state/route'

const EVERY_MS = 3000
const ANSWER_WITHIN_MS = 8000

/**
 * The code and how long it lasts. Asks every three seconds what has become of it, and leaves only once the server has
 * answered: a screen that went on without contact would end at the browser's own error page, with nobody to reload it.
 */
export function Code({ code, secondsLeft: initial }: { code: string; secondsLeft: number }) {
  const [secondsLeft, setSecondsLeft] = useState(initial)
  const [hasContact, setHasContact] = useState(true)

  useEffect(() => {
    let end = performance.now() + initial * 1000
    const tick = setInterval(
      () => setSecondsLeft(Math.max(0, Math.ceil((end - performance.now()) / 1000))),
      1000,
    )
    let isAsking = false
    const ask = async () => {
      if (isAsking) return
      isAsking = true
      const answer = await askState()
      isAsking = false
      setHasContact(answer !== null)
      if (answer?.state === 'over') location.replace('/pair/next')
      if (answer?.state === 'waiting') end = performance.now() + answer.secondsLeft * 1000
    }
    const poll = setInterval(ask, EVERY_MS)
    return () => {
      clearInterval(tick)
      clearInterval(poll)
    }
  }, [initial])

  return (
    <div className={styles.pairing}>
      <p className={styles.code} data-over={secondsLeft === 0 || undefined}>
        <span className="sr-only">Code: {Array.from(code).join(' ')}</span>
        {Array.from(code, (letter, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a letter is its place
          <span key={place} aria-hidden>
            {letter}
          </span>
        ))}
      </p>
      <progress
        className={styles.left}
        max={PAIRING_MINUTES * 60}
        value={secondsLeft}
        aria-label="Time left for this code"
      />
      <p>
        {secondsLeft > 0 ? (
          <>
            Good for another <time>{formatLeft(secondsLeft)}</time>. Then a new code appears by itself.
          </>
        ) : (
          'This code ran out. A new one is on its way.'
        )}
      </p>
      <p role="status" className={styles.contact}>
        {hasContact ? null : 'No contact with Brigade. This screen keeps trying.'}
      </p>
    </div>
  )
}

async function askState(): Promise<PairingState | null> {
  try {
    const response = await fetch('/pair/state', {
      cache: 'no-store',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
    return response.ok ? await response.json() : null
  } catch {
    return null
  }
}

const formatLeft = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
