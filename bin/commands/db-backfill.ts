/** Shows how far the backfills are, pauses and resumes them: status, pause [NAME], resume [NAME]. */
import { hostname, userInfo } from 'node:os'
import type { Database } from '../../db/client'
import { pauseBackfills, resumeBackfills } from '../../db/migrate/backfill-control'
import { type BackfillStatus, findMigrator, listBackfills } from '../../db/queries/migrations'
import { systemScope } from '../../domain/scope'
import { withDatabase } from '../lib/with-database'

const USAGE = 'Usage: npm run db:backfill -- [status | pause [NAME] | resume [NAME]]'

const [what = 'status', name = null, ...more] = process.argv.slice(2)
const scope = systemScope()
if (more.length > 0 || (what === 'status' && name !== null)) fail(USAGE)
else if (what === 'status') await withDatabase(showStatus)
else if (what === 'pause') await withDatabase(pause)
else if (what === 'resume') await withDatabase(resume)
else fail(USAGE)

async function showStatus(db: Database): Promise<void> {
  const backfills = await listBackfills(db, scope)
  const migrator = await findMigrator(db, scope)
  for (const backfill of backfills) console.log(line(backfill, migrator !== null))
  if (backfills.length === 0) console.log('No backfill has begun in this database.')
  else if (backfills.some(({ finishedAt }) => finishedAt === null) && !migrator)
    console.log('No migrator is at work: `npm run db:migrate` goes on where it stands.')
}

async function pause(db: Database): Promise<void> {
  const { names } = await pauseBackfills(db, scope, { name, by: `${userInfo().username} on ${hostname()}` })
  if (names.length === 0) return fail(`No backfill${ofName()} is under way.`)
  for (const each of names) console.log(`${each} is paused: \`npm run db:backfill -- resume\` lets it go on.`)
}

async function resume(db: Database): Promise<void> {
  const { names } = await resumeBackfills(db, scope, { name })
  if (names.length === 0) return fail(`No backfill${ofName()} is paused.`)
  const migrator = await findMigrator(db, scope)
  for (const each of names)
    console.log(
      migrator
        ? `${each} goes on within a second.`
        : `${each} may go on, but no migrator is at work: run \`npm run db:migrate\`.`,
    )
}

function line(backfill: BackfillStatus, isMigrating: boolean): string {
  const { rowsDone, rowsExpected, batches, batchSize, batchMs } = backfill
  const percent = `${Math.floor((rowsDone / Math.max(1, rowsDone, rowsExpected)) * 100)} %`
  const figures = [`${figure(rowsDone)} of about ${figure(Math.max(rowsDone, rowsExpected))} rows`]
  if (batchMs !== null)
    figures.push(`${figure(batches)} batches, the next of ${figure(batchSize)}`, `the last in ${batchMs} ms`)
  return `${backfill.name}  ${state(backfill, isMigrating, percent)}  ${figures.join(', ')}`
}

function state({ finishedAt, pausedBy, asideFor }: BackfillStatus, isMigrating: boolean, percent: string) {
  if (finishedAt) return `done ${finishedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  if (pausedBy !== null) return `${percent}, paused by ${pausedBy}`
  if (!isMigrating) return `${percent}, stopped`
  return asideFor === null ? `${percent}, at work` : `${percent}, waits: ${asideFor}`
}

const ofName = () => (name === null ? '' : ` ${name}`)
const figure = (value: number) => Math.round(value).toLocaleString('en-GB')

function fail(sentence: string): void {
  console.error(sentence)
  process.exitCode = 1
}
