/** Brings the database up to this release: applies the pending migrations. */
import { describeProgress } from '../../db/migrate/progress'
import { migrate } from '../../db/migrate/runner'
import { connectionProblem } from '../lib/connection'
import { stopSignal } from '../lib/run.mjs'

const url = process.env.DATABASE_DIRECT_URL || process.env.DATABASE_URL || ''

const result = await migrate(url, {
  signal: stopSignal(),
  report: (progress) => console.log(describeProgress(progress)),
})
const count = result.applied.length
if (result.ok)
  console.log(
    count === 0 ? 'The database is up to date.' : `The database is up to date: ${count} applied now.`,
  )
else {
  console.error(result.reason === 'unreachable' ? connectionProblem(result.cause, url) : result.message)
  process.exitCode = result.reason === 'stopped' ? 130 : 1
}
