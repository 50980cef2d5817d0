import { openSession, type Session } from '@/db/client'
import { raiseForecastAlerts } from '@/db/jobs/stock-alerts'
import { rollUpStock } from '@/db/jobs/stock-use'
import { loadSeed, runSql, type Step } from '@/db/seed/loader'
import { migrateOrThrow } from '@/db/testing/migrated'
import { systemScope } from '@/domain/scope'

const now = new Date()

/** The volume set's suppliers, ingredients and menu, 500 restaurants that stock all of it, and their ledger. */
const STEPS: readonly Step[] = [
  { title: 'chain', run: (tx) => runSql(tx, 'volume/chain.sql') },
  { title: 'ingredients', run: (tx) => runSql(tx, 'volume/ingredients.sql') },
  { title: 'recipes', run: (tx) => runSql(tx, 'volume/recipes.sql') },
  { title: 'menu', run: (tx) => runSql(tx, 'volume/menu.sql') },
  { title: 'restaurants', run: (tx) => runSql(tx, '../../bench/lib/restaurants.sql') },
  { title: 'ledger', run: (tx) => runSql(tx, '../../bench/inventory/ledger.sql') },
  { title: 'purchasing', run: (tx) => runSql(tx, 'volume/purchasing.sql') },
  { title: 'sequences', run: (tx) => runSql(tx, 'volume/sequences.sql') },
  { title: 'use', run: (tx) => rollUpStock(tx, systemScope(), now) },
  { title: 'alerts', run: (tx) => raiseForecastAlerts(tx, systemScope(), now) },
]

/** The database with that share of ten million movements; made on first use, a new one each day. */
export async function inventoryDatabase(baseUrl: string, scale: number): Promise<string> {
  const day = now.toISOString().slice(0, 10).replaceAll('-', '')
  const name = `brigade_bench_inventory_${String(scale).replace('.', '_')}_${day}`
  const url = Object.assign(new URL(baseUrl), { pathname: `/${name}` }).href
  const session = await openSession(baseUrl)
  try {
    const [found] = await session.query('select from pg_database where datname = $1', [name])
    if (!found) await make(session, name, url, scale)
  } finally {
    await session.close()
  }
  return url
}

async function make(session: Session, name: string, url: string, scale: number): Promise<void> {
  const working = `${name}_making`
  const workingUrl = url.replace(`/${name}`, `/${working}`)
  await session.query(`drop database if exists ${working} with (force)`)
  await session.query(`create database ${working}`)
  await migrateOrThrow(workingUrl)
  await loadSeed(workingUrl, { steps: STEPS, now, scale, report: (line) => console.log(`  ${line}`) })
  await session.query(`alter database ${working} rename to ${name}`)
}
