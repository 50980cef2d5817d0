import type { EndedJob } from '../../db/jobs/housekeeping/keep-house'
import { formatSeconds } from '../../domain/duration'
import { JOB_NAMES } from '../../domain/housekeeping'

const WIDTH = Math.max(...JOB_NAMES.map(({ length }) => length))

/** A job that ended, in a line for people; what differs in lines below. */
export function housekeepingLine({ name, milliseconds, result, outcome, error }: EndedJob): string {
  const what = error === null ? outcome.note : `${result}: ${error}`
  const line = `${name.padEnd(WIDTH)}  ${formatSeconds(milliseconds / 1000).padStart(8)}  ${what}`
  const differences = (outcome.differences ?? []).map(
    ({ what, where, stored, source }) =>
      `${' '.repeat(WIDTH)}    ${what} of ${where}: ${stored} is stored, ${source} it is`,
  )
  return [line, ...differences].join('\n')
}

/** The same for other programs. */
export const housekeepingRecord = ({ name, startedAt, milliseconds, result, outcome, error }: EndedJob) => ({
  job: name,
  started: startedAt.toISOString(),
  milliseconds: Math.round(milliseconds),
  result,
  rows: outcome.rows,
  note: outcome.note,
  error,
  differences: outcome.differences ?? [],
})
