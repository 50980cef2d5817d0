/**
 * Lists the migrations and whether the database has them.
 *
 * Exits with 0 when it is up to date, with 2 when files are pending, with 1 when migrating would be refused.
 */
import { type FileStatus, obstacle } from '../../db/migrate/plan'
import { status } from '../../db/migrate/runner'
import { connectionProblem } from '../lib/connection'

const PENDING = 2

const url = process.env.DATABASE_DIRECT_URL || process.env.DATABASE_URL || ''

const result = await status(url)
if (result.ok) list(result.files)
else fail(result.reason === 'unreachable' ? connectionProblem(result.cause, url) : result.message)

function list(files: readonly FileStatus[]): void {
  const width = Math.max(0, ...files.map(({ name }) => name.length))
  for (const { name, phase, state, appliedAt } of files) {
    const when = appliedAt ? `${appliedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC` : ''
    const columns = [state.replaceAll('_', ' ').padEnd(12), name.padEnd(width), phase.padEnd(8), when]
    console.log(columns.join('  ').trimEnd())
  }
  const problem = obstacle(files)
  const pending = files.filter(({ state }) => state === 'pending').length
  if (problem) fail(problem.message)
  else if (pending > 0) {
    console.log(`${pending} pending: \`npm run db:migrate\` applies ${pending === 1 ? 'it' : 'them'}.`)
    process.exitCode = PENDING
  } else if (files.some(({ state }) => state === 'newer'))
    console.log('The database is of a newer release, which has only added to what this one uses.')
  else console.log('The database is up to date.')
}

function fail(sentence: string): void {
  console.error(sentence)
  process.exitCode = 1
}
