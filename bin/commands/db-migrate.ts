/**
 * Brings the database up to this release: applies the pending migrations.
 *
 * With --plan it applies nothing and shows what there is to know before: what runs, which locks, how long, what is open.
 * With --back-to NAME it shows what takes the files after NAME back, and with --yes does so.
 */
import { parseArgs } from 'node:util'
import { openSession } from '../../db/client'
import { migrate } from '../../db/migrate/runner'
import { connectionProblem } from '../lib/connection'
import { progressDisplay } from '../lib/progress'
import { stopSignal } from '../lib/run.mjs'
import { back } from '../migrate/back'
import { plan } from '../migrate/plan'
import { tell } from '../migrate/tell'

const url = process.env.DATABASE_DIRECT_URL || process.env.DATABASE_URL || ''

const args = readArguments()
if (!args) process.exitCode = 1
else if (args['back-to']) process.exitCode = await back(url, args['back-to'], args.yes)
else if (args.plan) process.exitCode = await plan(url, args)
else await apply()

/** Undefined, and a sentence on stderr, where they can't be understood: then nothing is migrated. */
function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        'back-to': { type: 'string' },
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
  // Our own server has its library loaded, and nobody beside it who could do this.
  if (result.ok && process.env.BRIGADE_EMBEDDED) await countStatements()
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

/** Has the page `/database` know where the server's time goes. */
async function countStatements(): Promise<void> {
  const session = await openSession(url)
  try {
    await session.query('create extension if not exists pg_stat_statements')
  } finally {
    await session.close()
  }
}
