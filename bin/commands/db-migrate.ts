/** Brings the database up to this release: applies the pending migrations. */
import { describeProgress, type Progress } from '../../db/migrate/progress'
import { migrate } from '../../db/migrate/runner'
import { connectionProblem } from '../lib/connection'
import { progressDisplay } from '../lib/progress'
import { stopSignal } from '../lib/run.mjs'

const url = process.env.DATABASE_DIRECT_URL || process.env.DATABASE_URL || ''

const display = progressDisplay(process.stdout)
const result = await migrate(url, { signal: stopSignal(), report: tell })
display.clear()
const count = result.applied.length
if (result.ok)
  console.log(
    count === 0 ? 'The database is up to date.' : `The database is up to date: ${count} applied now.`,
  )
else {
  console.error(result.reason === 'unreachable' ? connectionProblem(result.cause, url) : result.message)
  process.exitCode = result.reason === 'stopped' ? 130 : 1
}

/** What happens once is a line; what goes on is a bar on a terminal, and a line now and then elsewhere. */
function tell(progress: Progress): void {
  if ('share' in progress) display.show(progress.share, describeProgress(progress).trim())
  else {
    display.clear()
    console.log(describeProgress(progress))
  }
}
