/**
 * Runs the jobs that keep the database in order and are due: --only JOB, --older-than DAYS, --dry-run, --json.
 *
 * The server does the same by itself. --only may be given several times and runs a job whether it is due or not.
 */
import { parseArgs } from 'node:util'
import { DAYS_KEPT, type EndedJob, keepHouse } from '../../db/jobs/housekeeping/keep-house'
import { JOB_NAMES, type JobName } from '../../domain/housekeeping'
import { housekeepingLine, housekeepingRecord } from '../lib/housekeeping-lines'
import { photoFolderHere } from '../lib/photo-folder'
import { progressDisplay } from '../lib/progress'
import { stopSignal } from '../lib/run.mjs'
import { withReachable } from '../lib/with-database'

/** What managers look at in single orders, such as the last four same weekdays, is younger than this. */
const FEWEST_DAYS = 60

const USAGE = `Usage: npm run housekeeping -- [--only JOB]… [--older-than DAYS] [--dry-run] [--json]
  JOB: ${JOB_NAMES.join(', ')}
  DAYS: ${FEWEST_DAYS} or more`

type Wish = { only?: JobName[]; olderThanDays: number; dryRun: boolean; json: boolean }

const wish = readWish()
if (wish) await withReachable((url) => run(url, wish))
else {
  console.error(USAGE)
  process.exitCode = 1
}

function readWish(): Wish | null {
  const options = {
    only: { type: 'string', multiple: true },
    'older-than': { type: 'string', default: String(DAYS_KEPT) },
    'dry-run': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  } as const
  try {
    const { values } = parseArgs({ options })
    const only = values.only?.map((name) => JOB_NAMES.find((known) => known === name) ?? unknown(name))
    const olderThan = values['older-than']
    const olderThanDays = /^\d{1,5}$/.test(olderThan) ? Number(olderThan) : 0
    if (olderThanDays < FEWEST_DAYS) return null
    return { ...(only && { only }), olderThanDays, dryRun: values['dry-run'], json: values.json }
  } catch {
    return null
  }
}

function unknown(name: string): never {
  throw new RangeError(`There is no job ${name}.`)
}

async function run(url: string, { json, ...wish }: Wish): Promise<void> {
  const display = progressDisplay()
  const show = (job: EndedJob) => {
    display.clear()
    console.log(json ? JSON.stringify(housekeepingRecord(job)) : housekeepingLine(job))
  }
  const kept = await keepHouse(url, {
    ...wish,
    photoFolder: photoFolderHere(process.env),
    signal: stopSignal(),
    onProgress: (name, share, text) => display.show(share, `${name}: ${text}`),
    onEnd: show,
  })
  display.clear()
  // Not on stdout: with --json that holds jobs and nothing else.
  if (!kept.led) console.error(`Somebody else is at it: ${kept.holder ?? 'a session that has ended since'}.`)
  else if (kept.value.length === 0) console.error('Nothing is due.')
  if (kept.led && kept.value.some(({ result }) => result !== 'done')) process.exitCode = 1
}
