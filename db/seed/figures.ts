import { addDays } from '@/domain/business-day'
import { systemScope } from '@/domain/scope'
import type { Db } from '../client'
import { rollUpRecipes } from '../jobs/recipe-figures'
import { currentBusinessDates, rollUpMetrics, rollUpPopularity, rollUpSales } from '../jobs/rollup'
import { raiseForecastAlerts } from '../jobs/stock-alerts'
import { rollUpStock } from '../jobs/stock-use'

/** The job is made for some days: its planner's guesses are wrong, and its joins slow, over a year at once. */
const DAYS_AT_ONCE = 28

/**
 * Sales, popularity and metrics of the seed's orders, what was used of its stock and is short, and the recipe search's
 * figures: made by the jobs that keep them.
 */
export async function rollUpSeed(tx: Db, now: Date, days: number): Promise<void> {
  const dates = (await currentBusinessDates(tx, now)).map(({ today }) => today).sort()
  const first = dates.at(0)
  const last = dates.at(-1)
  if (!first || !last) throw new Error('There are no restaurants to roll up.')
  for (let from = addDays(first, -days); from <= last; from = addDays(from, DAYS_AT_ONCE)) {
    const range = { from, to: addDays(from, DAYS_AT_ONCE - 1) }
    await rollUpSales(tx, systemScope(), range)
    await rollUpMetrics(tx, systemScope(), range)
    await rollUpRecipes(tx, systemScope())
  }
  await rollUpPopularity(tx, systemScope(), now)
  await rollUpStock(tx, systemScope(), now)
  await raiseForecastAlerts(tx, systemScope(), now)
}
