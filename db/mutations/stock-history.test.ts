import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, brokenLedger, type KitchenScope } from '../testing/kitchen'
import { levelsOf, StockHistory, stockStep, wrongAlerts, wrongPositions } from '../testing/stock-history'

const database = testDatabase('migrated', { max: 10, waitMs: 60_000 })
const STEP = stockStep({ dishes: [1, 2], ingredients: 3 })
const HISTORIES = process.env.BRIGADE_FULL ? 1000 : 100

beforeAll(() => addChain(database.db))

/** One that warns and one that refuses, which share goods. */
async function openKitchens(): Promise<[KitchenScope, KitchenScope]> {
  const stock = { 1: '6.000', 2: '2.000', 3: '4.000' }
  const warns = await addKitchen(database.db, { stock })
  const refuses = await addKitchen(database.db, { stock, stockPolicy: 'refuse' })
  const ids = sql.param([warns, refuses].map(({ restaurant }) => restaurant.id))
  // Used so much on some weekdays that a forecast comes and goes with the date.
  await database.db.execute(sql`
    insert into stock_use (restaurant_id, ingredient_id, used)
    select restaurant_id, ingredient_id, array[8, 0, 1.5, 0.001, 12, 20, 4]::numeric[] from stock_levels
    where restaurant_id = any(${ids}::int[])`)
  return [warns, refuses]
}

/** Every call twice under its one id, at the same time. */
const twiceAtOnce = async <T>(work: () => Promise<T>): Promise<T> => {
  const [first, second] = await Promise.allSettled([work(), work()])
  if (first.status === 'rejected') throw first.reason
  if (second.status === 'rejected') throw second.reason
  return first.value
}

async function check(
  history: StockHistory,
  kitchens: [KitchenScope, KitchenScope],
  before: Map<string, string>,
) {
  const { db } = database
  expect(await levelsOf(db, kitchens)).toEqual(await history.expected(before))
  for (const kitchen of kitchens) expect([...(await brokenLedger(db, kitchen))]).toEqual([])
  expect([...(await wrongAlerts(db, kitchens))]).toEqual([])
  expect([...(await wrongPositions(db, kitchens))]).toEqual([])
}

const isNegative = (quantity: string) => quantity.startsWith('-')

async function neverBelowZero(refuses: KitchenScope) {
  expect([...(await levelsOf(database.db, [refuses])).values()].filter(isNegative)).toEqual([])
}

describe('orders, cancellations, purchases, deliveries, counts, waste and transfers', () => {
  test(`add up to what is on hand after ${HISTORIES} histories side by side, each order taken once, never below zero where that is refused`, {
    timeout: HISTORIES * 3000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(STEP, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 }),
        async (rounds) => {
          const kitchens = await openKitchens()
          const before = await levelsOf(database.db, kitchens)
          const history = new StockHistory(database.db, kitchens, (work) => work())
          for (const steps of rounds) {
            await Promise.all(steps.map((step) => history.run(step)))
            await neverBelowZero(kitchens[1])
          }
          await check(history, kitchens, before)
        },
      ),
      { numRuns: HISTORIES },
    )
  })

  test('happen once, though each is sent twice at the same moment', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(STEP, { minLength: 5, maxLength: 15 }), async (steps) => {
        const kitchens = await openKitchens()
        const before = await levelsOf(database.db, kitchens)
        const history = new StockHistory(database.db, kitchens, twiceAtOnce)
        for (const step of steps) await history.run(step)
        await check(history, kitchens, before)
      }),
      { numRuns: 30 },
    )
  })
})
