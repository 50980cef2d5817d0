import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { orderChange } from '@/domain/order-input'
import { compareQuantities } from '@/domain/quantity'
import { getOrder } from '../queries/orders'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, brokenLedger, feedGaps, type KitchenScope, onHand } from '../testing/kitchen'
import { order, press } from '../testing/orders'
import { setCountdown } from './menu'
import { cancelByKey } from './order-cancel'
import { changeOrder } from './order-changes'

/** What happens at once, by many hands; what happens one after the other is compared with a model elsewhere. */
const HISTORIES = process.env.BRIGADE_FULL ? 300 : 30

const database = testDatabase('migrated', { max: 8, waitMs: 30_000 })
const WATER = 3

beforeAll(() => addChain(database.db))

const portion = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 }))
const place = fc.record({
  act: fc.constant('place' as const),
  dishes: fc.array(portion, { minLength: 1, maxLength: 4 }),
})
const move = fc.record({
  act: fc.constantFrom('bump', 'bump', 'station', 'tick', 'recall', 'acknowledge', 'cancel', 'more', 'less'),
  ticket: fc.nat(4),
})
type Act = { act: 'place'; dishes: [number, number][] } | { act: keyof typeof ACTS; ticket: number }

/** Rounds of acts that happen at once. */
const history = fc.array(fc.array(fc.oneof(place, move), { minLength: 1, maxLength: 5 }), { maxLength: 12 })

const change = (scope: KitchenScope, orderId: string, input: object) =>
  changeOrder(database.db, scope, orderId, orderChange.parse(input), { idempotencyKey: randomUUID() })

const ACTS = {
  bump: (scope: KitchenScope, orderId: string, from: string) =>
    press(database.db, scope, { do: 'bump', orderId, from }),
  station: (scope: KitchenScope, orderId: string) =>
    press(database.db, scope, { do: 'bump_station', orderId, station: 'grill' }),
  tick: (scope: KitchenScope, orderId: string) =>
    press(database.db, scope, { do: 'tick', orderId, line: 1, done: true }),
  recall: (scope: KitchenScope, orderId: string) => press(database.db, scope, { do: 'recall', orderId }),
  acknowledge: (scope: KitchenScope, orderId: string) =>
    press(database.db, scope, { do: 'acknowledge', orderId }),
  cancel: (scope: KitchenScope, orderId: string) =>
    cancelByKey(database.db, scope, orderId, { idempotencyKey: randomUUID() }),
  more: (scope: KitchenScope, orderId: string) =>
    change(scope, orderId, {
      add: [
        { menuItemId: 2, quantity: 1 },
        { menuItemId: WATER, quantity: 1 },
      ],
    }),
  less: (scope: KitchenScope, orderId: string) => change(scope, orderId, { remove: [1] }),
}

test(`whatever happens at once, ${HISTORIES} times: no deadlock, the ledger adds up, orders hold what they should, the feed has no gap`, {
  timeout: 600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      history,
      fc.constantFrom('warn' as const, 'refuse' as const),
      fc.boolean(),
      async (rounds, stockPolicy, autoConfirm) => {
        const stock = { 1: '4', 2: '1', 3: '2' }
        const scope = await addKitchen(database.db, { stockPolicy, autoConfirm, stock })
        await setCountdown(database.db, scope, { menuItemId: WATER, portions: 12 })
        const tickets: string[] = []
        for (const round of rounds) await playRound(scope, round, tickets)

        expect(await brokenLedger(database.db, scope)).toEqual([])
        expect(await wronglyHeld(scope)).toEqual([])
        const { seq, numbers } = await feedGaps(database.db, scope)
        expect(numbers).toBe(seq - 1)
        if (stockPolicy === 'refuse') {
          for (const left of Object.values(await onHand(database.db, scope))) {
            expect(compareQuantities(left, '0')).toBeGreaterThanOrEqual(0)
          }
        }
      },
    ),
    { numRuns: HISTORIES },
  )
})

/** Each act aims at the status that it saw before the round: some of them come too late. */
async function playRound(scope: KitchenScope, round: readonly Act[], tickets: string[]): Promise<void> {
  const seen = await Promise.all(
    tickets.map(async (orderId) => ({
      orderId,
      from: (await getOrder(database.db, scope, orderId))?.status ?? expect.fail('The order is gone.'),
    })),
  )
  await Promise.all(
    round.map(async (act) => {
      if (act.act === 'place') {
        const placed = await order(database.db, scope, act.dishes)
        if (placed.ok) tickets.push(placed.orderId)
        else expect(['out_of_stock', 'dishes_refused']).toContain(placed.reason)
        return
      }
      const target = seen[act.ticket % Math.max(1, seen.length)]
      if (target) await ACTS[act.act](scope, target.orderId, target.from)
    }),
  )
}

/**
 * Orders of which the ledger holds something else than what their lines need by their cards: an order holds nothing
 * before it is fired and after it was cancelled.
 */
const wronglyHeld = async (scope: KitchenScope) => [
  ...(await database.db.execute(sql`
    with held as (
      select order_id, ingredient_id, -sum(quantity) as quantity from stock_movements
      where restaurant_id = ${scope.restaurant.id} and order_id is not null and kind <> 'waste'
      group by order_id, ingredient_id having sum(quantity) <> 0
    ), needed as (
      select o.id as order_id, c.ingredient_id, sum(c.quantity * i.quantity) as quantity
      from orders o
      join order_items i on i.restaurant_id = o.restaurant_id and i.order_id = o.id
      join menu_items m on m.id = i.menu_item_id
      join recipe_ingredients c on c.recipe_id = m.recipe_id
      where o.restaurant_id = ${scope.restaurant.id} and o.confirmed_at is not null and o.status <> 'cancelled'
      group by o.id, c.ingredient_id
    )
    select * from held full join needed using (order_id, ingredient_id)
    where held.quantity is distinct from needed.quantity`)),
]
