import type { MiseFigures } from '@/app/_server/mise'
import type { Tone } from '@/app/_ui/status-mark'

/** What somebody should look at, and what somebody must act on; without a tone all is as it should be. */
type Judged = Extract<Tone, 'amber' | 'red'> | null

/** Requests give up after 2 s and a migrator lets go as fast: whoever waits longer waits for something that is stuck. */
export const judgeWait = (seconds: number): Judged => (seconds > 30 ? 'red' : seconds > 5 ? 'amber' : null)

/** Rows that died since the oldest transaction began can't be cleaned away. */
export const judgeTransaction = (seconds: number): Judged =>
  seconds > 3600 ? 'red' : seconds > 300 ? 'amber' : null

/** The last few connections are the operator's own. */
export const judgeConnections = (used: number, most: number): Judged =>
  used > most * 0.9 ? 'red' : used > most * 0.75 ? 'amber' : null

/** A request that waits for a connection waits for nothing else: some tenths of a second are noticed by a person. */
export const judgeQueue = (waiting: number, most: number): Judged =>
  waiting > most / 2 ? 'red' : waiting > 0 ? 'amber' : null

/** Of all reads those that had no load of their own, from 0 to 1; null before the first. */
export function servedShare({ hits, renewed, joined, loads, failures }: MiseFigures): number | null {
  const served = hits + renewed + joined
  // Those who renewed something were served before it was loaded: their load is nobody's wait.
  const waited = Math.max(0, loads + failures - renewed)
  return served + waited === 0 ? null : served / (served + waited)
}
