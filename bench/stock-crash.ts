import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { openEmbedded } from '@/bin/lib/embedded.mjs'
import {
  type Database,
  isConnectionLost,
  openDatabase,
  openSession,
  overloadedCause,
  postgresCause,
} from '@/db/client'
import { addChain, addKitchen, brokenLedger, type KitchenScope } from '@/db/testing/kitchen'
import { migrateOrThrow } from '@/db/testing/migrated'
import { levelsOf, StockHistory, stockStep, wrongAlerts, wrongPositions } from '@/db/testing/stock-history'
import { circumstances, writeSection } from './lib/report'

const WORKERS = 20
const KILLS = 5
const SECONDS = 30
const INGREDIENTS = 10
/** The test chain's two dishes with cards, and four more that between them need all ten ingredients. */
const DISHES = [1, 2, 6, 7, 8, 9]

/** What PostgreSQL says to those who are connected, or come back, while it goes down and up again. */
const AWAY = ['57P01', '57P02', '57P03']
const DEADLOCK = '40P01'

/** Twenty workers on ten rows wait for each other, for longer the slower the machine: that is no failure here. */
const PATIENT = {
  waitMs: 60_000,
  lockTimeoutMs: 60_000,
  statementTimeoutMs: 60_000,
  idleInTransactionTimeoutMs: 60_000,
}

type Seen = { retries: number; deadlocks: number }

/**
 * Twenty workers order, cancel, cook, buy, receive, count, waste and transfer the same ten ingredients for half a
 * minute, while PostgreSQL is killed (SIGKILL) five times. Whoever is not answered asks again under the same id.
 * Afterwards everything that was acknowledged must be there once. Throws where it is not.
 */
export async function benchStockCrash(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'brigade-stock-crash-'))
  const first = await openEmbedded({ dataDir })
  // Each start is a lease of its own; the server stays until all are given up.
  const starts = [first]
  let db: Database | undefined
  try {
    await migrateOrThrow(first.url)
    db = openDatabase(first.url, { max: WORKERS, ...PATIENT })
    const kitchens = await openKitchens(db)
    const before = await levelsOf(db, kitchens)
    const seen: Seen = { retries: 0, deadlocks: 0 }
    const history = new StockHistory(db, kitchens, (work) => untilAnswered(work, seen))
    const ends = performance.now() + SECONDS * 1000
    let steps = 0
    const worker = async (seed: number) => {
      for (let n = 0; performance.now() < ends; n++) {
        const [step] = fc.sample(stockStep({ dishes: DISHES, ingredients: INGREDIENTS }), {
          numRuns: 1,
          seed: seed * 100_000 + n,
        })
        if (step) await untilAnswered(() => history.run(step), seen)
        steps++
      }
    }
    const work = Promise.all(Array.from({ length: WORKERS }, (_, seed) => worker(seed + 1)))
    for (let kill = 0; kill < KILLS; kill++) {
      await Promise.race([work, pause((SECONDS * 1000) / (KILLS + 1))])
      process.kill((starts.at(-1) ?? first).pid, 'SIGKILL')
      starts.push(await openEmbedded({ dataDir }))
    }
    await work
    const text = await verdict(db, first.url, { kitchens, before, history, steps, seen })
    console.log(text)
    await writeSection('stock-crash', text)
  } finally {
    await db?.close()
    for (const start of starts) await start.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function openKitchens(db: Database): Promise<[KitchenScope, KitchenScope]> {
  await addChain(db)
  await db.execute(sql`
    insert into ingredients (name, unit, unit_price, supplier_id)
    select 'Ingredient ' || n, 'kg', 500, 1 from generate_series(4, ${INGREDIENTS}::int) n`)
  await db.execute(sql`
    insert into recipes (title, cuisine, difficulty, prep_time, chef_id)
    select 'Dish ' || n, 'Italian', 1, 10, 1 from generate_series(1, 4) n`)
  await db.execute(sql`
    insert into recipe_ingredients (recipe_id, ingredient_id, quantity)
    select 2 + n, 1 + (n * 3 + k) % ${INGREDIENTS}, 0.1 + k * 0.05
    from generate_series(1, 4) n cross join generate_series(0, 5) k`)
  await db.execute(sql`
    insert into menu_items (name, description, price, category_id, preparation_time, station, recipe_id)
    select 'Dish ' || n, '', 1200, 1, 10, 'grill', 2 + n from generate_series(1, 4) n`)
  const stock = Object.fromEntries(Array.from({ length: INGREDIENTS }, (_, n) => [n + 1, '50.000']))
  return [await addKitchen(db, { stock }), await addKitchen(db, { stock, stockPolicy: 'refuse' })]
}

async function untilAnswered<T>(work: () => Promise<T>, seen: Seen): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      const code = postgresCause(error)?.code ?? ''
      if (code === DEADLOCK) seen.deadlocks++
      const isAway = isConnectionLost(error) || overloadedCause(error) !== null || AWAY.includes(code)
      if (!isAway) throw error
      seen.retries++
      await pause(100)
    }
  }
}

type Run = {
  kitchens: [KitchenScope, KitchenScope]
  before: Map<string, string>
  history: StockHistory
  steps: number
  seen: Seen
}

async function verdict(db: Database, url: string, run: Run): Promise<string> {
  const { kitchens, history, seen } = run
  const expected = await history.expected(run.before)
  const found = await levelsOf(db, kitchens)
  const wrong = [...expected].filter(([key, quantity]) => found.get(key) !== quantity)
  const broken = (await Promise.all(kitchens.map((kitchen) => brokenLedger(db, kitchen)))).flat()
  const alerts = [...(await wrongAlerts(db, kitchens)), ...(await wrongPositions(db, kitchens))]
  const below = [...(await levelsOf(db, [kitchens[1]])).values()].filter((quantity) =>
    quantity.startsWith('-'),
  )
  const [ledger] = await db.execute<{ movements: number }>(sql`
    select count(*)::int as movements from stock_movements`)
  const session = await openSession(url)
  const where = await circumstances(session)
  await session.close()
  const { orders, purchases } = history.acknowledged
  const text = [
    `${where}; ${WORKERS} workers, ${SECONDS} s, PostgreSQL killed ${KILLS} times.`,
    '',
    `${run.steps.toLocaleString('en')} steps; ${orders.toLocaleString('en')} orders and ${purchases} purchase orders acknowledged, ${ledger?.movements.toLocaleString('en')} movements stored, ${seen.retries.toLocaleString('en')} calls asked again.`,
    '',
    `Of ${expected.size} levels **${wrong.length} differ from what was acknowledged**, ${broken.length} from the sum of their movements; ${alerts.length} alerts are wrong; ${below.length} levels are below zero where that is refused; ${seen.deadlocks} deadlocks reached a caller.`,
  ].join('\n')
  if (wrong.length + broken.length + alerts.length + below.length + seen.deadlocks > 0) {
    throw new Error(`${text}\n${JSON.stringify({ wrong, broken, alerts, below }, null, 2)}`)
  }
  return text
}
