import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { openSession } from '@/db/client'
import { draftPurchaseOrder } from '@/db/mutations/purchase-drafts'
import { transact } from '@/db/mutations/transact'
import { listPortions } from '@/db/queries/portions'
import { listProposals } from '@/db/queries/purchase-proposals'
import { listStock } from '@/db/queries/stock'
import { countAlerts, listAlertsBySupplier } from '@/db/queries/stock-alerts'
import { getStockVariance } from '@/db/queries/stock-variance'
import { addDays, businessDate } from '@/domain/business-day'
import {
  type ChainScope,
  chainScope,
  type Person,
  type RestaurantScope,
  type RestaurantSettings,
} from '@/domain/scope'
import { inventoryDatabase } from './inventory/fill'
import { openMeter, type Spread, spread } from './lib/meter'
import { circumstances, markdownTable, writeSection } from './lib/report'

const RUNS = 100
/** What the pages may take of the database's time. */
const BUDGET_MS = 20

type StockScope = RestaurantScope<'stock:read' | 'stock:write'>

/**
 * Measures the database's part of the inventory pages over 500 restaurants × 500 ingredients and, at scale 1, ten
 * million movements; `bench -- inventory 0.1` makes a tenth of those.
 */
export async function benchInventory(databaseUrl: string, args: readonly string[]): Promise<void> {
  const scale = Number(args[0] ?? 1)
  if (!(scale > 0 && scale <= 10)) throw new Error('Usage: npm run bench -- inventory [SCALE up to 10]')
  const url = await inventoryDatabase(databaseUrl, scale)
  const db = openMeter(url)
  const restaurants = await db.execute<RestaurantSettings>(sql`
    select id, slug, name, time_zone as "timeZone", to_char(day_cutoff, 'HH24:MI') as "dayCutoff",
      stock_policy as "stockPolicy", auto_confirm as "autoConfirm" from restaurants order by id`)
  // Nobody signs in here: the benchmark runs on data that it made itself.
  const person = { userId: null, role: 'admin', restaurants } as unknown as Person
  const chain = chainScope(person, 'stock:read') as ChainScope<'stock:read'>
  const todayAt = ({ timeZone, dayCutoff }: RestaurantSettings) =>
    businessDate(new Date(), timeZone, dayCutoff)
  const days = restaurants.map((restaurant) => ({ restaurantId: restaurant.id, today: todayAt(restaurant) }))
  const at = (run: number) => {
    const restaurant = restaurants[(run * 37) % restaurants.length]
    if (!restaurant) throw new Error('There are no restaurants.')
    const scope = { restaurant, actor: { userId: null, deviceId: null } } as unknown as StockScope
    return { scope, today: todayAt(restaurant) }
  }
  const list = { search: '', supplierId: null, storageArea: null, descending: false, after: null, limit: 50 }
  const measured: [string, Spread][] = [
    [
      'stock page, by days left',
      await spread(db, RUNS, (on, run) => {
        const { scope, today } = at(run)
        return listStock(on, scope, { ...list, today, filter: 'all', sort: 'days_left' })
      }),
    ],
    [
      'alerts over all restaurants',
      await spread(db, RUNS, (on) => listAlertsBySupplier(on, chain, { days })),
    ],
    ['badge over all restaurants', await spread(db, RUNS, (on) => countAlerts(on, chain))],
    [
      'what to order from whom',
      await spread(db, RUNS, (on, run) => listProposals(on, at(run).scope, { today: at(run).today })),
    ],
    [
      'drafting an order, undone',
      await spread(db, RUNS, (on, run) =>
        transact(on, async (tx, refuse) => {
          await draftPurchaseOrder(tx, at(run).scope, { id: uuidv7(), supplierId: 1 + (run % 20) })
          throw refuse(undefined)
        }),
      ),
    ],
    ['portions of the whole menu', await spread(db, RUNS, (on, run) => listPortions(on, at(run).scope))],
    [
      'actual against theoretical, 28 days',
      await spread(db, RUNS, (on, run) => {
        const { scope, today } = at(run)
        const range = { from: addDays(today, -28), to: addDays(today, -1), today, limit: 50 }
        return getStockVariance(on, scope, range)
      }),
    ],
  ]
  await db.close()
  const session = await openSession(url)
  const [size] = await session.query<{ text: string }>(`
    select (select count(*) from stock_levels)::text || ' levels, ' || (select count(*) from stock_movements)
      || ' movements, ' || (select count(*) from stock_alerts where cleared_at is null) || ' open alerts' as text`)
  const text = [
    `${await circumstances(session)}; ${restaurants.length} restaurants, ${size?.text}; ${RUNS} runs each.`,
    '',
    markdownTable(
      ['database ms', 'median', 'p99', 'max', `within ${BUDGET_MS} ms`],
      measured.map(([name, { median, p99, max }]) => [
        name,
        ...[median, p99, max].map((ms) => ms.toFixed(1)),
        median <= BUDGET_MS ? 'yes' : 'no',
      ]),
    ),
  ].join('\n')
  await session.close()
  console.log(text)
  await writeSection('inventory', text)
}
