import type { Difference } from '@/domain/housekeeping'
import type { Db } from '../../client'

/** What every job is given. */
export type JobContext = {
  db: Db
  now: Date
  /** Given when it should end at its next step: what it has done so far stays, and the next run goes on from there. */
  signal: AbortSignal
  /** @param share how much is done, from 0 to 1 */
  progress: (share: number, text: string) => void
  /** How long it may keep other jobs waiting, in milliseconds; the rest follows at its next time. */
  budgetMs: number
  /** Business days for which orders are kept. */
  olderThanDays: number
  /** Count only; jobs that can't are not run then. */
  dryRun: boolean
  /** Where the files of photos lie; null: on another machine. */
  photoFolder: string | null
}

/** What a run came to: rows written or deleted, and a sentence for people. */
export type JobOutcome = { rows: number; note: string; differences?: Difference[] }

export type Job = {
  run: (context: JobContext) => Promise<JobOutcome>
  /** It knows how to count without doing. */
  canDryRun?: true
}

/** "1 order", "12,345 orders". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`
