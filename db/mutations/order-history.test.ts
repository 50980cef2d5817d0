import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { orderInput } from '@/domain/order-input'
import { compareQuantities, multiplyQuantity, type Quantity, subtractQuantities } from '@/domain/quantity'
import type { OrderStatus } from '@/domain/vocabulary'
import { getOrder } from '../queries/orders'
import { testDatabase } from '../testing/database'
import {
  addChain,
  addKitchen,
  brokenLedger,
  DISHES,
  feedGaps,
  type KitchenScope,
  onHand,
} from '../testing/kitchen'
import { cancelByKey } from './order-cancel'
import { placeOrder } from './order-placement'
import { applyMove } from './wall-moves'

const database = testDatabase('migrated', { max: 8, waitMs: 30_000 })

beforeAll(() => addChain(database.db))

const SOLD = [DISHES.risotto, DISHES.tagliata, DISHES.water] as const
const START = { 1: '4', 2: '1', 3: '2' } as const

type Place = { act: 'place'; lines: { dish: number; quantity: number }[] }
type Move = { act: 'bump' | 'cancel' | 'recall'; ticket: number }

const place: fc.Arbitrary<Place> = fc.record({
  act: fc.constant('place' as const),
  lines: fc.array(fc.record({ dish: fc.nat(SOLD.length - 1), quantity: fc.integer({ min: 1, max: 4 }) }), {
    minLength: 1,
    maxLength: 4,
  }),
})
const move: fc.Arbitrary<Move> = fc.record({
  act: fc.constantFrom('bump', 'bump', 'bump', 'cancel', 'recall'),
  ticket: fc.nat(9),
})
/** Rounds of acts that happen at once. */
const history = fc.array(fc.array(fc.oneof(place, move), { minLength: 1, maxLength: 4 }), { maxLength: 12 })
const policy = fc.constantFrom('warn', 'refuse')

const ACTS = {
  bump: (scope: KitchenScope, orderId: string, from: OrderStatus) =>
    applyMove(database.db, scope, { id: randomUUID(), move: { do: 'bump', orderId, from } }),
  recall: (scope: KitchenScope, orderId: string) =>
    applyMove(database.db, scope, { id: randomUUID(), move: { do: 'recall', orderId } }),
  cancel: (scope: KitchenScope, orderId: string) =>
    cancelByKey(database.db, scope, orderId, { idempotencyKey: randomUUID() }),
}

test('after any history on hand is the sum of the ledger and what the tickets took, and the feed has no gap', async () => {
  await fc.assert(
    fc.asyncProperty(history, policy, fc.boolean(), async (rounds, stockPolicy, autoConfirm) => {
      const scope = await addKitchen(database.db, { stockPolicy, autoConfirm, stock: START })
      const tickets: { orderId: string; lines: Place['lines'] }[] = []
      for (const round of rounds) {
        // Each act aims at the status that it saw before the round: some of them come too late.
        const seen = await Promise.all(tickets.map(({ orderId }) => statusOf(scope, orderId)))
        await Promise.all(round.map((act) => perform(scope, act, tickets, seen)))
      }

      expect(await brokenLedger(database.db)).toEqual([])
      const { seq, numbers } = await feedGaps(database.db, scope)
      expect(numbers).toBe(seq)
      const expected = await expectedOnHand(scope, tickets)
      for (const [ingredient, quantity] of Object.entries(await onHand(database.db, scope))) {
        expect(
          compareQuantities(quantity, expected[Number(ingredient)] ?? '0'),
          `ingredient ${ingredient}`,
        ).toBe(0)
        if (stockPolicy === 'refuse') expect(compareQuantities(quantity, '0')).toBeGreaterThanOrEqual(0)
      }
    }),
    { numRuns: 30 },
  )
})

async function statusOf(scope: KitchenScope, orderId: string): Promise<OrderStatus> {
  const order = await getOrder(database.db, scope, orderId)
  return order?.status ?? expect.fail('The order is gone.')
}

async function perform(
  scope: KitchenScope,
  act: Place | Move,
  tickets: { orderId: string; lines: Place['lines'] }[],
  seen: OrderStatus[],
): Promise<void> {
  if (act.act === 'place') {
    const lines = act.lines.map(({ dish, quantity }) => ({ menuItemId: SOLD[dish]?.id, quantity }))
    const input = orderInput.parse({ channel: 'takeaway', lines })
    const placed = await placeOrder(database.db, scope, input, { idempotencyKey: randomUUID() })
    if (placed.ok) tickets.push({ orderId: placed.orderId, lines: act.lines })
    else expect(placed.reason).toBe('out_of_stock')
    return
  }
  const index = act.ticket % Math.max(1, seen.length)
  const [ticket, from] = [tickets[index], seen[index]]
  if (ticket && from) await ACTS[act.act](scope, ticket.orderId, from)
}

/** What should be left: every ticket that was fired took its card, and one cancelled before cooking gave it back. */
async function expectedOnHand(
  scope: KitchenScope,
  tickets: { orderId: string; lines: Place['lines'] }[],
): Promise<Record<number, Quantity>> {
  const left: Record<number, Quantity> = { ...START }
  for (const { orderId, lines } of tickets) {
    const order = await getOrder(database.db, scope, orderId)
    const tookIngredients = order?.status === 'cancelled' ? order.preparingAt : order?.confirmedAt
    if (!tookIngredients) continue
    for (const { dish, quantity } of lines) {
      for (const [ingredient, amount] of Object.entries<Quantity>(SOLD[dish]?.card ?? {})) {
        const id = Number(ingredient)
        left[id] = subtractQuantities(left[id] ?? '0', multiplyQuantity(amount, quantity))
      }
    }
  }
  return left
}
