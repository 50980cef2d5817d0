import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { addDays, businessDate } from '@/domain/business-day'
import { systemScope } from '@/domain/scope'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, type KitchenScope } from '../testing/kitchen'
import { press, ticket } from '../testing/orders'
import { addPastOrder } from '../testing/past-orders'
import { closeKitchenDays } from './kitchen-metrics'
import { reconcile } from './reconcile'
import { rollUpPopularity } from './rollup'
import { rollUpStock } from './stock-use'

const database = testDatabase()
const system = systemScope()
const now = new Date()
const yesterday = addDays(businessDate(now, 'Europe/Rome', '04:00'), -1)
let scope: KitchenScope

const found = () => reconcile(database.db, system)
const change = (statement: string) => database.db.execute(sql.raw(statement))

beforeAll(async () => {
  await addChain(database.db)
  scope = await addKitchen(database.db, { stock: { 1: '50.000', 2: '50.000', 3: '50.000' } })
  await addPastOrder(database.db, scope, {
    date: yesterday,
    createdAt: new Date(`${yesterday}T12:00:00Z`),
    end: 'delivered',
    prepSeconds: 600,
    lines: [{ dish: 1, quantity: 2, unitPrice: 1450 }],
  })
  await ticket(database.db, scope, [1, 1], [2, 2])
  await closeKitchenDays(database.db, system, { now })
  await rollUpStock(database.db, system, now)
  await rollUpPopularity(database.db, system, now)
})

test('finds nothing where all stored figures are what their sources say', async () => {
  expect(await found()).toEqual([])
})

test.each([
  [
    'on hand',
    'update stock_levels set on_hand = on_hand - 0.001 where ingredient_id = 2',
    'Kitchen 1, Butter',
  ],
  ['on order', 'update stock_levels set on_order = 0.001 where ingredient_id = 2', 'Kitchen 1, Butter'],
  ['forecast', 'update stock_levels set is_forecast = true where ingredient_id = 2', 'Kitchen 1, Butter'],
  [
    'use of stock',
    `update daily_stock_use set received = received + 1 where ingredient_id = 3`,
    'Kitchen 1, Beef on 2026-01-01',
  ],
  ['kitchen metrics', 'update daily_kitchen_metrics set revenue = revenue + 1', `Kitchen 1, ${yesterday}`],
  ['kitchen metrics', 'update daily_kitchen_metrics set orders_completed = 0', `Kitchen 1, ${yesterday}`],
  ['sales', 'update daily_item_sales set revenue = revenue - 1', `Kitchen 1, ${yesterday}`],
  ['sales', 'delete from daily_item_sales', `Kitchen 1, ${yesterday}`],
  [
    'the chain’s figures',
    `update chain_kitchen_parts set revenue = revenue + 1 where dimension = 'day'`,
    `${yesterday} day `,
  ],
  ['the chain’s sales', 'delete from chain_item_sales', `${yesterday} dish 1`],
  ['a month’s figures', 'delete from monthly_kitchen_figures', `Kitchen 1, ${yesterday.slice(0, 7)}-01`],
  [
    'a month’s figures',
    `update chain_kitchen_months set tickets = tickets + 1 where dimension = 'channel'`,
    `the chain, ${yesterday.slice(0, 7)}-01 channel dine_in`,
  ],
  [
    'a month’s sales',
    'update chain_item_months set units = units + 1',
    `the chain, ${yesterday.slice(0, 7)}-01 dish 1`,
  ],
  ['popularity', 'update chain_popularity set units = units + 1', 'the chain, dish 1'],
  ['popularity', 'delete from chain_popularity', 'the chain, dish 1'],
])('finds and names %s that was changed by hand: %s', async (what, statement, where) => {
  await database.db
    .transaction(async (tx) => {
      await tx.execute(sql.raw(statement))
      // Nested, the checks run in savepoints of this transaction and see what it did.
      // What was made from a wrong figure differs from it as well, and comes after it.
      expect((await reconcile(tx, system))[0]).toMatchObject({ what, where })
      throw new Undone()
    })
    .catch((error) => {
      if (!(error instanceof Undone)) throw error
    })
})

class Undone extends Error {}

test('leaves a day alone that changed since it was closed: the next closing computes it anew', async () => {
  const later = new Date(now.getTime() + 86_400_000)
  await closeKitchenDays(database.db, system, { now: later })
  const orderId = await ticket(database.db, scope, [1, 1])
  expect((await found()).map(({ what }) => what)).toEqual([])
  await press(database.db, scope, { do: 'bump', orderId, from: 'confirmed' })
  expect(await found()).toEqual([])
  expect(await closeKitchenDays(database.db, system, { now: later })).toMatchObject({ recomputed: 1 })
  expect(await found()).toEqual([])
})

test('finds a closed day without figures', async () => {
  await change('delete from daily_kitchen_metrics')
  expect((await found())[0]).toMatchObject({ what: 'a day without metrics', stored: '' })
})
