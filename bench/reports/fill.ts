import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { rollUpFoodCosts } from '@/db/jobs/food-costs'
import { closeKitchenDays } from '@/db/jobs/kitchen-metrics'
import { raiseForecastAlerts } from '@/db/jobs/stock-alerts'
import { rollUpStock } from '@/db/jobs/stock-use'
import { loadSeed, runSql, type Step } from '@/db/seed/loader'
import { migrateOrThrow } from '@/db/testing/migrated'
import { systemScope } from '@/domain/scope'
import { databaseOfToday } from '../lib/database'
import { openMeter } from '../lib/meter'

const now = new Date()

/** The volume set's orders, spread over 500 restaurants; of its recipes only those that are sold. */
const steps = (scale: number): readonly Step[] => [
  { title: 'chain', run: (tx) => runSql(tx, 'volume/chain.sql') },
  { title: 'restaurants', run: (tx) => runSql(tx, '../../bench/lib/restaurants.sql') },
  { title: 'ingredients', run: (tx) => runSql(tx, 'volume/ingredients.sql') },
  { title: 'recipes', run: (tx) => atScale(tx, 0, scale, () => runSql(tx, 'volume/recipes.sql')) },
  { title: 'menu', run: (tx) => runSql(tx, 'volume/menu.sql') },
  { title: 'tickets', run: (tx) => runSql(tx, 'volume/tickets.sql') },
  { title: 'orders', run: (tx) => runSql(tx, 'volume/orders.sql') },
  { title: 'order events', run: (tx) => runSql(tx, 'events.sql') },
  { title: 'stock', run: (tx) => runSql(tx, 'volume/stock.sql') },
  { title: 'sequences', run: (tx) => runSql(tx, 'volume/sequences.sql') },
]

/** The chain of 500 restaurants with 200,000 orders times `scale`; made on first use, a new one each day. */
export const reportsDatabase = (baseUrl: string, scale: number): Promise<string> =>
  databaseOfToday(baseUrl, `reports_${String(scale).replace('.', '_')}`, async (url) => {
    await migrateOrThrow(url)
    await loadSeed(url, { steps: steps(scale), now, scale, report: (line) => console.log(`  ${line}`) })
    await rollUp(url)
  })

/** Each job in its own transactions: a year of closings in one would leave every row in hundreds of versions. */
async function rollUp(url: string): Promise<void> {
  const db = openMeter(url)
  const scope = systemScope()
  const { closed } = await closeKitchenDays(db, scope, { now })
  console.log(`  ${closed} days closed`)
  await rollUpStock(db, scope, now)
  await rollUpFoodCosts(db, scope, now)
  await raiseForecastAlerts(db, scope, now)
  await db.execute(sql`vacuum (analyze)`)
  await db.close()
}

async function atScale(tx: Db, small: number, scale: number, work: () => Promise<void>): Promise<void> {
  const set = (to: number) => tx.execute(sql`select set_config('seed.scale', ${String(to)}, false)`)
  await set(small)
  await work()
  await set(scale)
}
