import type { SystemScope } from '@/domain/scope'
import type { Db } from '../client'
import { holdNewForecasts, raiseMissing, updateForecasts } from '../mutations/stock-alert-state'
import { currentBusinessDates } from './rollup'

export type RaisedAlerts = { raised: number; cleared: number }

/**
 * Raises and clears in every restaurant what will be short before goods can come, by today's date and use, and raises
 * what is low without an alert, such as stock from before there were any. All else is raised and cleared as stock moves.
 * A restaurant at a time; run it after `rollUpStock`, daily or more often.
 */
export async function raiseForecastAlerts(
  db: Db,
  _scope: SystemScope,
  now = new Date(),
): Promise<RaisedAlerts> {
  const all = { raised: 0, cleared: 0 }
  for (const day of await currentBusinessDates(db, now)) {
    // Each holds levels in their order, and in one transaction the second would go back to the first of them.
    all.raised += await db.transaction((tx) => raiseMissing(tx, day.restaurantId))
    await db.transaction(async (tx) => {
      const { raised, cleared } = await updateForecasts(tx, day, await holdNewForecasts(tx, day))
      all.raised += raised
      all.cleared += cleared
    })
  }
  return all
}
