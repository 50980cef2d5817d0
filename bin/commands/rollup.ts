/** Computes the stored figures of closed business days again: --from DATE, and --to DATE or until today. */
import { parseArgs } from 'node:util'
import type { Database } from '../../db/client'
import { storeKitchenMetrics } from '../../db/jobs/kitchen-metrics'
import { rollUpPopularity } from '../../db/jobs/rollup'
import { addDays } from '../../domain/business-day'
import { systemScope } from '../../domain/scope'
import { withDatabase } from '../lib/with-database'

const { from = '', to = new Date().toISOString().slice(0, 10) } = parseArgs({
  options: { from: { type: 'string' }, to: { type: 'string' } },
}).values

if (isDate(from) && isDate(to)) await withDatabase(rollUp)
else {
  console.error(`Usage: npm run rollup -- --from YYYY-MM-DD [--to YYYY-MM-DD]
What is not closed yet is closed by npm run housekeeping.`)
  process.exitCode = 1
}

async function rollUp(db: Database): Promise<void> {
  const { stored } = await storeKitchenMetrics(db, systemScope(), { from, to })
  console.log(`${stored} closed days of ${from} to ${to} computed again.`)
  const popularity = await rollUpPopularity(db, systemScope())
  console.log(`Popularity: ${popularity.stored} figures changed, ${popularity.removed} removed.`)
}

function isDate(text: string): boolean {
  try {
    return addDays(text, 0) === text
  } catch {
    return false
  }
}
