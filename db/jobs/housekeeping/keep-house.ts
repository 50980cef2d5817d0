import { JOB_NAMES, type JobName } from '@/domain/housekeeping'
import { systemScope } from '@/domain/scope'
import { type Database, type Db, openDatabase } from '../../client'
import { listJobs } from '../../queries/housekeeping'
import { isDue } from './due'
import type { JobContext, JobOutcome } from './job'
import { JOBS } from './jobs'
import { type Led, leadHousekeeping } from './leader'
import { beginRun, databaseNow, type Ended, endRun, errorInWords, markInterrupted } from './record'

/** Single statements of a job read whole days of a whole chain; people's requests may not take so long. */
const STATEMENT_TIMEOUT_MS = 10 * 60 * 1000
/** 86s and closings are due every few minutes. */
const BUDGET_MS = 4 * 60 * 1000
/** What guests ordered is kept for a year. */
export const DAYS_KEPT = 365

export type EndedJob = Ended & { name: JobName; startedAt: Date; milliseconds: number }

export type HouseOptions = {
  /** Jobs to run now, due or not; without any those that are due. */
  only?: readonly JobName[]
  /** Leave alone for a while what has just failed, and keep no job waiting long for another one. */
  patient?: boolean
  olderThanDays?: number
  /** Count only, record nothing. */
  dryRun?: boolean
  photoFolder?: string | null
  signal?: AbortSignal
  /** @param share of the job, from 0 to 1 */
  onProgress?: (name: JobName, share: number, text: string) => void
  /** Told of each job as it ended; the next one begins when that is done. */
  onEnd?: (job: EndedJob) => void | Promise<void>
}

/**
 * Keeps house: one after the other, runs the jobs that are due, or those that are asked for, and records each run. Only
 * one at a time does so in a database; whoever comes meanwhile is told, and nothing is run. A job that fails does not
 * keep the others from running.
 * @param url a direct address, not that of a pooler
 */
export function keepHouse(url: string, options: HouseOptions = {}): Promise<Led<EndedJob[]>> {
  return leadHousekeeping(url, async (lost) => {
    const signals = options.signal ? [lost, options.signal] : [lost]
    const db = openDatabase(url, {
      max: 1,
      applicationName: 'brigade-jobs',
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    })
    try {
      return await runJobs(db, { ...options, signal: AbortSignal.any(signals) })
    } finally {
      await db.close()
    }
  })
}

type Run = HouseOptions & { signal: AbortSignal }

async function runJobs(db: Database, options: Run): Promise<EndedJob[]> {
  if (!options.dryRun) await markInterrupted(db)
  const ended: EndedJob[] = []
  for (const name of await jobsToRun(db, options)) {
    if (options.signal.aborted) break
    const job = await runJob(db, name, options)
    ended.push(job)
    await options.onEnd?.(job)
  }
  return ended
}

/** Asked once the lock is held: of many who come at once, the second finds that the first has done it all. */
async function jobsToRun(db: Db, { only, patient = false, dryRun = false }: Run): Promise<JobName[]> {
  const able = JOB_NAMES.filter((name) => !dryRun || JOBS[name].canDryRun)
  if (only) return able.filter((name) => only.includes(name))
  const now = await databaseNow(db)
  const states = await listJobs(db, systemScope())
  const due = new Set(
    states.filter((state) => isDue(state.name, state, now, patient)).map(({ name }) => name),
  )
  return able.filter((name) => dryRun || due.has(name))
}

async function runJob(db: Db, name: JobName, options: Run): Promise<EndedJob> {
  const { signal, dryRun = false, olderThanDays = DAYS_KEPT, photoFolder = null, onProgress } = options
  const began = performance.now()
  const startedAt = await databaseNow(db)
  const id = dryRun ? null : await beginRun(db, name)
  const context: JobContext = {
    db,
    now: startedAt,
    signal,
    budgetMs: options.patient ? BUDGET_MS : Number.POSITIVE_INFINITY,
    olderThanDays,
    dryRun,
    photoFolder,
    progress: (share, text) => onProgress?.(name, share, text),
  }
  const ended = await outcomeOf(JOBS[name].run(context), signal)
  // With the connection lost nothing can be recorded: the next run finds this one broken off.
  if (id !== null) await endRun(db, name, id, ended).catch(() => {})
  return { ...ended, name, startedAt, milliseconds: performance.now() - began }
}

async function outcomeOf(run: Promise<JobOutcome>, signal: AbortSignal): Promise<Ended> {
  try {
    const outcome = await run
    const differs = (outcome.differences?.length ?? 0) > 0
    return { result: differs ? 'differs' : 'done', outcome, error: null }
  } catch (error) {
    const outcome = { rows: 0, note: '' }
    if (signal.aborted)
      return { result: 'interrupted', outcome, error: 'It was stopped; the next run goes on from there.' }
    return { result: 'failed', outcome, error: errorInWords(error) }
  }
}
