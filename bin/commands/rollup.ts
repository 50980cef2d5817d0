/**
 * Closes business days, and brings popularity, the use of stock and the recipe search's figures up to date.
 *
 * With --from DATE --to DATE it also computes the closed days of that range again.
 */
import { parseArgs } from 'node:util'
import type { Database } from '../../db/client'
import { rollUpFoodCosts } from '../../db/jobs/food-costs'
import { closeKitchenDays, storeKitchenMetrics } from '../../db/jobs/kitchen-metrics'
import { rollUpRecipes } from '../../db/jobs/recipe-figures'
import { rollUpPopularity, rollUpSales } from '../../db/jobs/rollup'
import { raiseForecastAlerts } from '../../db/jobs/stock-alerts'
import { rollUpStock } from '../../db/jobs/stock-use'
import { addDays } from '../../domain/business-day'
import { systemScope } from '../../domain/scope'
import { withDatabase } from '../lib/with-database'

const { from, to } = parseArgs({
  options: { from: { type: 'string' }, to: { type: 'string' } },
}).values

if ((from === undefined || isDate(from)) && (to === undefined || isDate(to))) await withDatabase(rollUp)
else {
  console.error('Usage: npm run rollup -- --from YYYY-MM-DD --to YYYY-MM-DD')
  process.exitCode = 1
}

async function rollUp(db: Database): Promise<void> {
  const scope = systemScope()
  const { closed, recomputed } = await closeKitchenDays(db, scope)
  console.log(`Business days: ${closed} closed, ${recomputed} computed again since an order changed.`)
  const today = new Date().toISOString().slice(0, 10)
  if (from !== undefined || to !== undefined) {
    const range = { from: from ?? to ?? today, to: to ?? today }
    const { stored } = await storeKitchenMetrics(db, scope, range)
    console.log(`${stored} closed days of ${range.from} to ${range.to} computed again.`)
  }
  // A zone may be a day ahead of UTC or behind it.
  const sales = await rollUpSales(db, scope, { from: addDays(today, -1), to: addDays(today, 1) })
  console.log(`Sales of today: ${sales.stored} rows stored, ${sales.removed} removed.`)
  const popularity = await rollUpPopularity(db, scope)
  console.log(`Popularity: ${popularity.stored} figures changed, ${popularity.removed} removed.`)
  const stock = await rollUpStock(db, scope)
  console.log(`Use of stock: ${stock.rows} rows stored for ${stock.restaurants} restaurants.`)
  const costs = await rollUpFoodCosts(db, scope)
  console.log(`Food costs: ${costs.rows} rows stored for ${costs.restaurants} restaurants.`)
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
