import { setTimeout as delay } from 'node:timers/promises'
import type { Progress } from './progress'

/** What waiting needs from outside, so that tests need not wait. */
export type Waiting = {
  report: (progress: Progress) => void
  /** Rejects when the migrator is told to stop. */
  pause: (milliseconds: number) => Promise<void>
}

/** Half to one and a half times as long, so that those who wait for the same thing don't come back together. */
export function jittered(milliseconds: number): number {
  return Math.round(milliseconds * (0.5 + Math.random()))
}

/** A pause that takes its time, and ends with an error when `signal` aborts. */
export async function realPause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await delay(milliseconds, undefined, signal ? { signal } : {})
}
