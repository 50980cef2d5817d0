import type { MiseFigures } from '@/app/_server/mise'
import type { Tone } from '@/app/_ui/status-mark'
import type { TableHealth } from '@/db/queries/health/tables'

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

/** What a kitchen reads all day fits into memory. */
export const judgeHits = (share: number): Judged => (share < 0.95 ? 'amber' : null)

/** Autovacuum comes at `vacuumAt`; of tables with few rows it leaves some for long, and nobody minds. */
export const judgeDeadRows = ({ deadRows, vacuumAt }: Pick<TableHealth, 'deadRows' | 'vacuumAt'>): Judged =>
  deadRows > 2 * vacuumAt && deadRows > 1000 ? 'amber' : null

const LARGE_TABLE = 10_000

/** A large table that is read whole more than once an hour; backups and reports do so a few times a day. */
export function judgeScans(
  { rows, scans, scannedRows }: Pick<TableHealth, 'rows' | 'scans' | 'scannedRows'>,
  days: number,
): Judged {
  const isLarge = rows >= LARGE_TABLE && scannedRows >= scans * LARGE_TABLE
  return isLarge && scans > 24 * Math.max(1, days) ? 'amber' : null
}

/** Bytes a day, by the rows that came and went; null before a day was counted. */
export function growthADay(
  { bytes, rows, grownRows }: Pick<TableHealth, 'bytes' | 'rows' | 'grownRows'>,
  days: number,
): number | null {
  if (days < 1 || rows < 1) return null
  return (bytes / rows) * (grownRows / days)
}

/** Autovacuum begins to freeze at `freezeAt`; at twice a thousand million the server stops writing. */
export const judgeAge = (age: number, freezeAt: number): Judged =>
  age > 1e9 ? 'red' : age > freezeAt * 1.2 ? 'amber' : null

/** Changing the type of a key takes a release, and quiet weeks. */
export const judgeRoom = (share: number): Judged => (share > 0.8 ? 'red' : share > 0.5 ? 'amber' : null)

/** Of all reads those that had no load of their own, from 0 to 1; null before the first. */
export function servedShare({ hits, renewed, joined, loads, failures }: MiseFigures): number | null {
  const served = hits + renewed + joined
  // Those who renewed something were served before it was loaded: their load is nobody's wait.
  const waited = Math.max(0, loads + failures - renewed)
  return served + waited === 0 ? null : served / (served + waited)
}
