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
