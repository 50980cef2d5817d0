/** Deletes orders past their keep, once their metrics are stored, and what is of no use: --older-than DAYS, --dry-run to count only. */
import { parseArgs } from 'node:util'
import type { Database } from '../../db/client'
import { purgeOrders } from '../../db/jobs/purge'
import { purgeImportRows } from '../../db/jobs/purge-imports'
import { purgeWalls } from '../../db/jobs/purge-walls'
import { systemScope } from '../../domain/scope'
import { withDatabase } from '../lib/with-database'

/** What managers look at in single orders, such as the last four same weekdays, is younger than this. */
const FEWEST_DAYS = 60

const { 'older-than': olderThan = '365', 'dry-run': dryRun = false } = parseArgs({
  options: { 'older-than': { type: 'string' }, 'dry-run': { type: 'boolean' } },
}).values
const olderThanDays = /^\d{1,5}$/.test(olderThan) ? Number(olderThan) : 0

if (olderThanDays >= FEWEST_DAYS) await withDatabase(purge)
else {
  console.error(`Usage: npm run purge -- --older-than DAYS (${FEWEST_DAYS} or more) [--dry-run]`)
  process.exitCode = 1
}

async function purge(db: Database): Promise<void> {
  let orders = 0
  let waiting = 0
  for (const purged of await purgeOrders(db, systemScope(), { olderThanDays, dryRun })) {
    orders += purged.orders
    waiting += purged.notRolledUp
    if (purged.orders > 0)
      console.log(`${purged.name}: ${purged.orders} orders from before ${purged.keptFrom}.`)
  }
  console.log(dryRun ? `${orders} orders would be deleted.` : `${orders} orders deleted.`)
  if (waiting > 0)
    console.log(`${waiting} more are old enough, but their days are not rolled up: run npm run rollup.`)
  const { moves, pairings } = await purgeWalls(db, systemScope(), { dryRun })
  console.log(
    `${moves} answers to walls and ${pairings} pairing codes ${dryRun ? 'would be' : 'were'} deleted.`,
  )
  const rows = await purgeImportRows(db, systemScope(), { dryRun })
  console.log(`${rows} rows of imported files ${dryRun ? 'would be' : 'were'} deleted.`)
}
