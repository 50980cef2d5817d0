/**
 * Checks the migrations for what would hold up a running chain.
 *
 * Exits with 1 when there is something to mend. What a file excuses is listed with its reason.
 */
import { join } from 'node:path'
import { checkMigrations } from '../../db/migrate/check/check'
import { describeCheck } from '../../db/migrate/check/describe'
import { Refused } from '../../db/migrate/refused'
import { root } from '../lib/paths.mjs'

try {
  const result = await checkMigrations(join(root, 'db/migrations'))
  console.log(describeCheck(result))
  if (result.findings.length > 0) process.exitCode = 1
} catch (error) {
  if (!(error instanceof Refused)) throw error
  console.error(error.message)
  process.exitCode = 1
}
