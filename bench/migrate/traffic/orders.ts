import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '@/db/client'
import type { Place } from './places'
import type { End, Recorder } from './recorder'
import { sendUntilAnswered } from './send'

export type OrderCheck = {
  /** Answered with 201. */
  placed: number
  /** Answered with 201, and not in the database, or with other lines than were sent. */
  lost: number
  /** In the database more than once. */
  doubled: number
  /** Answered with something else, or never: the sender does not know, or was told no. */
  refused: number
}

type Sent = { lines: number; answered: boolean }

/** Where software places orders. */
export const ORDERS = '/api/v1/orders'

/** What a web shop sends to place its `number`th order: two or three lines, other dishes each time. */
export function orderRequest({ key, dishes }: Place, number: number, idempotencyKey: string) {
  const lines = Array.from({ length: 2 + (number % 2) }, (_, line) => ({
    menuItemId: dishes[(number * 3 + line) % dishes.length],
    quantity: 1 + (number % 3),
  }))
  return {
    lines: lines.length,
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': idempotencyKey,
    },
    // What the order says of itself finds it again, also if its key were not kept.
    body: JSON.stringify({ channel: 'takeaway', specialInstructions: idempotencyKey, lines }),
  }
}

/** Places so many orders a second, one restaurant after the other, as a web shop does: under an idempotency key, repeated until answered. */
export function placeOrders(
  recorder: Recorder,
  places: readonly Place[],
  origins: () => string,
  perSecond: number,
  onPlaced: (orderId: string, shown: End) => void,
) {
  const sent = new Map<string, Sent>()
  const underWay = new Set<Promise<void>>()
  const started = performance.now()
  let number = 0

  async function place(to: Place): Promise<void> {
    const idempotencyKey = uuidv7()
    const { lines, ...request } = orderRequest(to, number, idempotencyKey)
    const order: Sent = { lines, answered: false }
    sent.set(idempotencyKey, order)
    const shown = recorder.begin('order on the wall')
    const answer = await sendUntilAnswered(recorder, 'order', () => origins() + ORDERS, {
      expect: 201,
      ...request,
    })
    if (answer?.status !== 201) return
    order.answered = true
    onPlaced((JSON.parse(answer.body) as { id: string }).id, shown)
  }

  const timer = setInterval(() => {
    // However busy this process is, as many as are due: guests don't wait for each other.
    while (number < ((performance.now() - started) / 1000) * perSecond) {
      const next = places[number++ % places.length]
      if (!next) return
      const settled = place(next).finally(() => underWay.delete(settled))
      underWay.add(settled)
    }
  }, 1000 / perSecond)

  return {
    /** Sends no more, and waits for what is under way. */
    async stop(): Promise<void> {
      clearInterval(timer)
      await Promise.all(underWay)
    },
    /** Compares what was answered with what the database has. */
    async check(db: Database): Promise<OrderCheck> {
      const rows = await db.execute<{ key: string; times: number; lines: number }>(sql`
        select o.special_instructions as key, count(distinct (o.restaurant_id, o.id))::int as times, count(i.line)::int as lines
        from orders o
        join order_items i on i.restaurant_id = o.restaurant_id and i.order_id = o.id
        where o.restaurant_id in ${places.map((place) => place.id)}
          and o.special_instructions in (select jsonb_array_elements_text(${JSON.stringify([...sent.keys()])}::text::jsonb))
        group by o.special_instructions`)
      const found = new Map(rows.map((row) => [row.key, row]))
      const orders = [...sent]
      return {
        placed: orders.filter(([, { answered }]) => answered).length,
        lost: orders.filter(([key, { answered, lines }]) => answered && (found.get(key)?.lines ?? 0) < lines)
          .length,
        doubled: rows.filter(({ times }) => times > 1).length,
        refused: orders.filter(([, { answered }]) => !answered).length,
      }
    },
  }
}
