import { addDays } from '@/domain/business-day'
import { systemScope } from '@/domain/scope'
import type { Db } from '../client'
import { currentBusinessDates, rollUpMetrics, rollUpPopularity, rollUpSales } from '../jobs/rollup'

/** Sales, popularity and metrics of the seed's orders, made by the job that keeps them later. */
export async function rollUpSeed(tx: Db, now: Date, days: number): Promise<void> {
  const dates = (await currentBusinessDates(tx, now)).map(({ today }) => today).sort()
  const first = dates.at(0)
  const last = dates.at(-1)
  if (!first || !last) throw new Error('There are no restaurants to roll up.')
  const range = { from: addDays(first, -days), to: last }
  await rollUpSales(tx, systemScope(), range)
  await rollUpPopularity(tx, systemScope(), now)
  await rollUpMetrics(tx, systemScope(), range)
}
