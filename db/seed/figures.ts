import { systemScope } from '@/domain/scope'
import type { Db } from '../client'
import { rollUpFoodCosts } from '../jobs/food-costs'
import { closeKitchenDays } from '../jobs/kitchen-metrics'
import { rollUpRecipes } from '../jobs/recipe-figures'
import { currentBusinessDates, rollUpPopularity, rollUpSales } from '../jobs/rollup'
import { raiseForecastAlerts } from '../jobs/stock-alerts'
import { rollUpStock } from '../jobs/stock-use'

/**
 * Sales, popularity and metrics of the seed's orders, what was used of its stock and is short, and the recipe search's
 * figures: made by the jobs that keep them.
 */
export async function rollUpSeed(tx: Db, now: Date): Promise<void> {
  const scope = systemScope()
  await closeKitchenDays(tx, scope, { now })
  const dates = (await currentBusinessDates(tx, now)).map(({ today }) => today).sort()
  const [first, last] = [dates.at(0), dates.at(-1)]
  if (!first || !last) throw new Error('There are no restaurants to roll up.')
  await rollUpSales(tx, scope, { from: first, to: last })
  await rollUpRecipes(tx, scope)
  await rollUpPopularity(tx, scope, now)
  await rollUpStock(tx, scope, now)
  await rollUpFoodCosts(tx, scope, now)
  await raiseForecastAlerts(tx, scope, now)
}
