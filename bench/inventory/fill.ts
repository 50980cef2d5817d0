import { raiseForecastAlerts } from '@/db/jobs/stock-alerts'
import { rollUpStock } from '@/db/jobs/stock-use'
import { loadSeed, runSql, type Step } from '@/db/seed/loader'
import { migrateOrThrow } from '@/db/testing/migrated'
import { systemScope } from '@/domain/scope'
import { databaseOfToday } from '../lib/database'

const now = new Date()

/** The volume set's suppliers, ingredients and menu, 500 restaurants that stock all of it, and their ledger. */
const STEPS: readonly Step[] = [
  { title: 'chain', run: (tx) => runSql(tx, 'volume/chain.sql') },
  { title: 'ingredients', run: (tx) => runSql(tx, 'volume/ingredients.sql') },
  { title: 'recipes', run: (tx) => runSql(tx, 'volume/recipes.sql') },
  { title: 'menu', run: (tx) => runSql(tx, 'volume/menu.sql') },
  { title: 'restaurants', run: (tx) => runSql(tx, '../../bench/lib/restaurants.sql') },
  { title: 'purchasing', run: (tx) => runSql(tx, 'volume/purchasing.sql') },
  { title: 'ledger', run: (tx) => runSql(tx, '../../bench/inventory/ledger.sql') },
  { title: 'sequences', run: (tx) => runSql(tx, 'volume/sequences.sql') },
  { title: 'use', run: (tx) => rollUpStock(tx, systemScope(), now) },
  { title: 'alerts', run: (tx) => raiseForecastAlerts(tx, systemScope(), now) },
]

/** The database with that share of ten million movements; made on first use. */
export const inventoryDatabase = (baseUrl: string, scale: number): Promise<string> =>
  databaseOfToday(baseUrl, `inventory_${String(scale).replace('.', '_')}`, async (url) => {
    await migrateOrThrow(url)
    await loadSeed(url, { steps: STEPS, now, scale, report: (line) => console.log(`  ${line}`) })
  })
