import { Cron } from 'croner'
import { isDue } from '@/db/jobs/housekeeping/due'
import { type EndedJob, keepHouse } from '@/db/jobs/housekeeping/keep-house'
import { listJobs } from '@/db/queries/housekeeping'
import { judgeJob } from '@/domain/housekeeping'
import { systemScope } from '@/domain/scope'
import { database } from './database'
import { environment } from './environment'
import { photoFolder } from './photos'

const STOP_WITHIN_MS = 5000

/** How a job stood when this process last looked, for the metrics port. */
type JobFigures = {
  name: string
  /** Seconds since 1970; null: it never ended well. */
  okAt: number | null
  failures: number
  seconds: number | null
  rows: number
  needsSomebody: boolean
}

export type Housekeeper = {
  figures(): readonly JobFigures[]
  /** What is due, if nobody else is at it; the schedule asks for it once a minute. */
  tick(): Promise<void>
  /** Lets the job that is under way end at its next step, and waits for that. */
  stop(): Promise<void>
}

/**
 * Looks once a minute, each process at a second of its own, which jobs are due, and runs them if no other process does:
 * who holds the advisory lock leads, for as long as there is something to do. So the death of a leader costs a minute.
 */
export function startHousekeeper(): Housekeeper {
  const stopping = new AbortController()
  let figures: readonly JobFigures[] = []
  let underWay: Promise<void> = Promise.resolve()
  let hasFailed = false

  const look = async () => {
    const states = await listJobs(database(), systemScope())
    figures = states.map((state) => ({
      name: state.name,
      okAt: state.okAt === null ? null : state.okAt.getTime() / 1000,
      failures: state.failures,
      seconds: state.last?.seconds ?? null,
      rows: state.last?.rows ?? 0,
      needsSomebody: judgeJob(state, state.last?.result ?? null) === 'red',
    }))
    return states.some((state) => isDue(state.name, state, new Date(), true))
  }
  const keep = async () => {
    const { DATABASE_URL, DATABASE_DIRECT_URL } = environment()
    if (!(await look())) return
    const kept = await keepHouse(DATABASE_DIRECT_URL ?? DATABASE_URL, {
      patient: true,
      photoFolder: photoFolder(),
      signal: stopping.signal,
      onEnd: sayEnd,
    })
    if (kept.led) await look()
  }
  const tick = async () => {
    try {
      await keep()
      hasFailed = false
    } catch (error) {
      // A database that is away says so in every request; here once.
      if (!hasFailed && !stopping.signal.aborted) console.warn('Housekeeping could not look for work:', error)
      hasFailed = true
    }
  }
  const once = () => {
    underWay = tick()
    return underWay
  }
  const second = Math.floor(Math.random() * 60)
  const cron = new Cron(`${second} * * * * *`, { protect: true, unref: true }, once)
  return {
    figures: () => figures,
    tick: once,
    async stop() {
      cron.stop()
      stopping.abort()
      // A long statement is given up with the process; the next run finds the job broken off and goes on.
      await Promise.race([underWay, new Promise((resolve) => setTimeout(resolve, STOP_WITHIN_MS).unref())])
    },
  }
}

/** Nothing of a run that had nothing to do: some run every minute. */
function sayEnd({ name, milliseconds, result, outcome, error }: EndedJob): void {
  const fields = { job: name, ms: Math.round(milliseconds), rows: outcome.rows }
  if (result === 'failed') console.error(`Job ${name} failed: ${error}`, fields)
  else if (result === 'differs') console.warn(`Job ${name}: ${outcome.note}`, fields)
  else if (outcome.rows > 0) console.info(`Job ${name} is done: ${outcome.note}`, fields)
}
