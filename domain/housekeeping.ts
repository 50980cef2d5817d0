/** What keeps a chain's database in order by itself. The order is the one in which jobs run that are due at once. */
export const JOB_NAMES = [
  'close-days',
  'popularity',
  'eighty-sixes',
  'stock-use',
  'recipes',
  'purge-orders',
  'sign-ins',
  'walls',
  'imports',
  'photos',
  'invalidations',
  'reconcile',
  'analyze',
  'runs',
] as const
export type JobName = (typeof JOB_NAMES)[number]

/**
 * When a job is due: a cron pattern in UTC, since the restaurants of a chain need not share a night.
 */
export const JOB_SCHEDULES: Readonly<Record<JobName, string>> = {
  'close-days': '*/5 * * * *',
  popularity: '20 * * * *',
  'eighty-sixes': '* * * * *',
  'stock-use': '10 * * * *',
  recipes: '40 2 * * *',
  'purge-orders': '*/10 3-5 * * *',
  'sign-ins': '15 * * * *',
  walls: '25 * * * *',
  imports: '10 3 * * *',
  photos: '20 3 * * *',
  invalidations: '30 * * * *',
  reconcile: '30 4 * * *',
  analyze: '50 * * * *',
  runs: '45 3 * * *',
}

/** `differs`: it ended well, and found figures that disagree with their sources. */
export const RUN_RESULTS = ['running', 'done', 'differs', 'failed', 'interrupted'] as const
export type RunResult = (typeof RUN_RESULTS)[number]

/** A stored figure that is not what its source says. Figures as text: quantities, cents or counts. */
export type Difference = { what: string; where: string; stored: string; source: string }

/** How many runs of a job may fail in a row, or end halfway, before somebody has to look. */
const FAILURES_TO_BEAR = 2
const FIRST_PAUSE_MS = 60_000
const LONGEST_PAUSE_MS = 60 * 60_000

/** How long a job rests after so many failures in a row: 1, 2, 4 … minutes, an hour at most. Milliseconds. */
export const pauseAfter = (failures: number): number =>
  failures < 1 ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1))

/** How a job stands, as a look at its runs tells. */
export type JobStanding = {
  /** When the last run began that ended well; null: there was none. */
  okAt: Date | null
  /** Runs since then that failed or were broken off. */
  failures: number
  /** When the last of these ended. */
  failedAt: Date | null
}

/** What an operator has to do about a job: nothing, watch it, or act. */
export function judgeJob({ failures }: JobStanding, result: RunResult | null): 'red' | 'amber' | null {
  if (failures > FAILURES_TO_BEAR || result === 'differs') return 'red'
  return failures > 0 ? 'amber' : null
}
