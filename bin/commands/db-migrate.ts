/**
 * Brings the database up to this release: applies the pending migrations.
 *
 * With --plan it applies nothing and shows what there is to know before: what runs, which locks, how long, what is open.
 */
import { parseArgs } from 'node:util'
import { describeProgress, type Progress } from '../../db/migrate/progress'
import { migrate } from '../../db/migrate/runner'
import { connectionProblem } from '../lib/connection'
import { progressDisplay } from '../lib/progress'
import { stopSignal } from '../lib/run.mjs'
import { plan } from '../migrate/plan'

const url = process.env.DATABASE_DIRECT_URL || process.env.DATABASE_URL || ''

const args = readArguments()
if (!args) process.exitCode = 1
else if (args.plan) process.exitCode = await plan(url, args)
else await apply()

/** Undefined, and a sentence on stderr, where they can't be understood: then nothing is migrated. */
function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        plan: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        yes: { type: 'boolean', default: false },
        by: { type: 'string' },
        copy: { type: 'string' },
        'last-backup': { type: 'string' },
      },
    })
    return values
  } catch (error) {
    console.error(`${(error as Error).message.split('. ')[0]}.`)
    return undefined
  }
}

async function apply(): Promise<void> {
  const display = progressDisplay(process.stdout)
  const result = await migrate(url, { signal: stopSignal(), report: (progress) => tell(display, progress) })
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
}

/** What happens once is a line; what goes on is a bar on a terminal, and a line now and then elsewhere. */
function tell(display: ReturnType<typeof progressDisplay>, progress: Progress): void {
  if ('share' in progress) display.show(progress.share, describeProgress(progress).trim())
  else {
    display.clear()
    console.log(describeProgress(progress))
  }
}
