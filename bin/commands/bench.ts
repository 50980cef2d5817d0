/** Measures on the volume set, into docs: pages, profile, processor, prerendering, recipes, import, imports, live, live-cuts, traffic, migrate, plan, indexes, dietary, blue-green, inventory, stock-crash, reports, purge, cache-truth or memory. */

import { benchBlueGreen } from '../../bench/blue-green'
import { benchCacheTruth } from '../../bench/cache-truth'
import { benchCommits } from '../../bench/commits'
import { benchDietary } from '../../bench/dietary'
import { benchImport } from '../../bench/import'
import { benchImports } from '../../bench/imports'
import { benchIndexes } from '../../bench/indexes'
import { benchInventory } from '../../bench/inventory'
import { benchLive } from '../../bench/live'
import { benchLiveCuts } from '../../bench/live-cuts'
import { benchMemory } from '../../bench/memory'
import { benchMigrate } from '../../bench/migrate'
import { benchPages } from '../../bench/pages'
import { benchPlan } from '../../bench/plan'
import { benchPrerendering } from '../../bench/prerendering'
import { benchProcessor } from '../../bench/processor'
import { benchProfile } from '../../bench/profile'
import { benchPurge } from '../../bench/purge'
import { benchRecipes } from '../../bench/recipes'
import { benchReports } from '../../bench/reports'
import { benchStockCrash } from '../../bench/stock-crash'
import { benchTraffic } from '../../bench/traffic'

const BENCHMARKS: Record<string, (databaseUrl: string, args: readonly string[]) => Promise<void>> = {
  import: benchImport,
  inventory: benchInventory,
  'stock-crash': () => benchStockCrash(),
  imports: benchImports,
  pages: benchPages,
  profile: benchProfile,
  processor: benchProcessor,
  prerendering: (url) => benchPrerendering(url),
  recipes: (url) => benchRecipes(url),
  commits: benchCommits,
  reports: benchReports,
  live: benchLive,
  'live-cuts': (url) => benchLiveCuts(url),
  traffic: benchTraffic,
  migrate: benchMigrate,
  plan: benchPlan,
  indexes: benchIndexes,
  dietary: benchDietary,
  'blue-green': benchBlueGreen,
  'cache-truth': benchCacheTruth,
  memory: benchMemory,
  purge: benchPurge,
}

const name = process.argv[2] ?? 'pages'
const bench = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined
const databaseUrl = process.env.DATABASE_URL
if (!bench) {
  console.error(`There is no benchmark "${name}"; there are: ${Object.keys(BENCHMARKS).join(', ')}.`)
  process.exitCode = 1
} else if (!databaseUrl) {
  console.error('DATABASE_URL is not set: run `npm run bench`.')
  process.exitCode = 1
} else await bench(databaseUrl, process.argv.slice(3))
