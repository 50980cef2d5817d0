import { Cron } from 'croner'
import { JOB_SCHEDULES, type JobName, type JobStanding, pauseAfter } from '@/domain/housekeeping'

/** When a job should have begun last, at or before an instant. */
export function lastDue(name: JobName, now: Date): Date {
  const [due] = schedule(name).previousRuns(1, new Date(now.getTime() + 1))
  if (!due) throw new Error(`The schedule of ${name} has never been due.`)
  return due
}

/** When a job is due next after an instant. */
export function nextDue(name: JobName, now: Date): Date {
  const due = schedule(name).nextRun(now)
  if (!due) throw new Error(`The schedule of ${name} is never due again.`)
  return due
}

/**
 * Whether a job is due: it has not ended well since its schedule last asked for it, and where `patient`, has rested long
 * enough since it failed.
 */
export function isDue(name: JobName, standing: JobStanding, now: Date, patient: boolean): boolean {
  const { okAt, failures, failedAt } = standing
  if (okAt !== null && okAt >= lastDue(name, now)) return false
  if (!patient || failedAt === null) return true
  return now.getTime() - failedAt.getTime() >= pauseAfter(failures)
}

const schedules = new Map<JobName, Cron>()

/** Paused: it is only asked. */
function schedule(name: JobName): Cron {
  const known = schedules.get(name)
  if (known) return known
  const made = new Cron(JOB_SCHEDULES[name], { timezone: 'UTC', paused: true })
  schedules.set(name, made)
  return made
}
