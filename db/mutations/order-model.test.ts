import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { fromThousandths, toThousandths } from '@/domain/quantity'
import type { StockPolicy } from '@/domain/vocabulary'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, brokenLedger, feedGaps, type KitchenScope, onHand } from '../testing/kitchen'
import { orderCommands } from '../testing/order-commands'
import type { Model } from '../testing/order-model'

/**
 * Random histories of one restaurant against a model of it: what stock, countdowns and tickets must come to is computed
 * here from the rules, in memory, and compared with what the database says.
 */
const HISTORIES = process.env.BRIGADE_FULL ? 1000 : 100

const database = testDatabase('migrated', { max: 4 })

beforeAll(() => addChain(database.db))

const START: Record<number, string> = { 1: '4', 2: '1', 3: '2' }
test(`after ${HISTORIES} random histories stock, ledger, countdowns, tickets and feed are what the rules say`, {
  timeout: 1_800_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      orderCommands,
      fc.constantFrom<StockPolicy>('warn', 'refuse'),
      fc.boolean(),
      async (history, policy, autoConfirm) => {
        const scope = await addKitchen(database.db, { stockPolicy: policy, autoConfirm, stock: START })
        const stock = new Map(
          Object.entries(START).map(([id, amount]) => [Number(id), toThousandths(amount)]),
        )
        const model: Model = { policy, autoConfirm, tickets: [], stock, left: new Map(), silent: 0, seq: 0 }
        await fc.asyncModelRun(() => ({ model, real: { db: database.db, scope } }), history)
        await compare(model, scope)
      },
    ),
    { numRuns: HISTORIES },
  )
})

async function compare(model: Model, scope: KitchenScope): Promise<void> {
  expect(await brokenLedger(database.db, scope)).toEqual([])
  const stock = Object.entries(await onHand(database.db, scope)).map(([id, amount]) => [
    id,
    fromThousandths(toThousandths(amount)),
  ])
  expect(Object.fromEntries(stock)).toEqual(
    Object.fromEntries([...model.stock].map(([id, amount]) => [id, fromThousandths(amount)])),
  )
  if (model.policy === 'refuse') expect([...model.stock.values()].every((amount) => amount >= 0n)).toBe(true)
  expect(await feedGaps(database.db, scope)).toEqual({ seq: model.seq, numbers: model.seq - model.silent })
  expect(await countdowns(scope)).toEqual(
    [...model.left].sort(([a], [b]) => a - b).map(([id, left]) => ({ id, left, off: left === 0 })),
  )
  expect(await tickets(scope)).toEqual(
    model.tickets
      .map(({ held, wasted, lastLine: _, ...ticket }) => ({
        ...ticket,
        held: amounts(held),
        wasted: amounts(wasted),
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  )
}

/** In whole thousandths by ingredient, without those that are nothing. */
const amounts = (of: Map<number, bigint>) =>
  Object.fromEntries(
    [...of].filter(([, amount]) => amount !== 0n).map(([id, amount]) => [id, Number(amount)]),
  )

const countdowns = async (scope: KitchenScope) => [
  ...(await database.db.execute(sql`
    select menu_item_id as id, portions_left as left, coalesce(eighty_six_until = 'infinity', false) as off
    from menu_overrides where restaurant_id = ${scope.restaurant.id} order by menu_item_id`)),
]

/** What an order `o` took and still has, and what of it became waste, in thousandths. */
const ledger = sql`
  select ingredient_id, (-1000 * sum(quantity) filter (where kind <> 'waste'))::int as held,
    (-1000 * coalesce(sum(quantity) filter (where kind = 'waste'), 0))::int as wasted
  from stock_movements m where m.restaurant_id = o.restaurant_id and m.order_id = o.id group by ingredient_id`

const tickets = async (scope: KitchenScope) => [
  ...(await database.db.execute(sql`
    select o.id, o.status, o.unacknowledged, (
      select json_agg(json_build_object('line', i.line, 'dish', i.menu_item_id, 'quantity', i.quantity,
        'status', i.status, 'counted', i.from_countdown) order by i.line)
      from order_items i where i.restaurant_id = o.restaurant_id and i.order_id = o.id
    ) as lines, (
      select coalesce(json_object_agg(ingredient_id, held) filter (where held <> 0), '{}') from (${ledger}) l
    ) as held, (
      select coalesce(json_object_agg(ingredient_id, wasted) filter (where wasted <> 0), '{}') from (${ledger}) l
    ) as wasted
    from orders o where o.restaurant_id = ${scope.restaurant.id} order by o.id`)),
]
