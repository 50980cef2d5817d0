/**
 * Brings sales, popularity, kitchen metrics, the use of stock and the recipe search's figures up to date.
 *
 * Sales and metrics of --from DATE --to DATE, by default of the last four days.
 */
import { parseArgs } from 'node:util'
import type { Database } from '../../db/client'
import { rollUpRecipes } from '../../db/jobs/recipe-figures'
import { rollUpMetrics, rollUpPopularity, rollUpSales } from '../../db/jobs/rollup'
import { raiseForecastAlerts } from '../../db/jobs/stock-alerts'
import { rollUpStock } from '../../db/jobs/stock-use'
import { addDays } from '../../domain/business-day'
import { systemScope } from '../../domain/scope'
import { withDatabase } from '../lib/with-database'

// A zone may be a day ahead of UTC, and a day is final only once it has ended in its own zone.
const today = new Date().toISOString().slice(0, 10)
const { from = addDays(today, -3), to = addDays(today, 1) } = parseArgs({
  options: { from: { type: 'string' }, to: { type: 'string' } },
}).values

if (isDate(from) && isDate(to)) await withDatabase(rollUp)
else {
  console.error('Usage: npm run rollup -- --from YYYY-MM-DD --to YYYY-MM-DD')
  process.exitCode = 1
}

async function rollUp(db: Database): Promise<void> {
  const scope = systemScope()
  const sales = await rollUpSales(db, scope, { from, to })
  console.log(`Sales of ${from} to ${to}: ${sales.stored} rows stored, ${sales.removed} removed.`)
  const metrics = await rollUpMetrics(db, scope, { from, to })
  console.log(`Kitchen metrics: ${metrics.stored} days stored.`)
  const popularity = await rollUpPopularity(db, scope)
  console.log(`Popularity: ${popularity.stored} figures changed, ${popularity.removed} removed.`)
  const stock = await rollUpStock(db, scope)
  console.log(`Use of stock: ${stock.rows} rows stored for ${stock.restaurants} restaurants.`)
  const alerts = await raiseForecastAlerts(db, scope)
  console.log(`Stock alerts: ${alerts.raised} raised, ${alerts.cleared} cleared.`)
  await rollUpRecipes(db, scope)
  console.log('Recipes: ingredient frequencies, search words and tallies are up to date.')
}

function isDate(text: string): boolean {
  try {
    return addDays(text, 0) === text
  } catch {
    return false
  }
}
