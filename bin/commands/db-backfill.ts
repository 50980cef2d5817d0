/** Shows how far the backfills are, pauses and resumes them: status, pause [NAME], resume [NAME]. */
import { hostname, userInfo } from 'node:os'
import type { Database } from '../../db/client'
import { pauseBackfills, resumeBackfills } from '../../db/migrate/backfill-control'
import { findMigrator, listBackfills } from '../../db/queries/migrations'
import { systemScope } from '../../domain/scope'
import { backfillLine } from '../lib/watch-lines'
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
  for (const backfill of backfills) console.log(backfillLine(backfill, migrator !== null))
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

const ofName = () => (name === null ? '' : ` ${name}`)

function fail(sentence: string): void {
  console.error(sentence)
  process.exitCode = 1
}
