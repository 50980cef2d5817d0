import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { addDays, type BusinessDate, businessDayRange } from '@/domain/business-day'
import { CHANNELS, type OrderStatus } from '@/domain/vocabulary'
import type { Database } from '../client'
import { addKitchen, DISHES, type KitchenScope } from './kitchen'

/** Reproducible figures between 0 and 1 (mulberry32). */
export function draws(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Zones with a day around which their clocks change, of 23, 25, 24.5 and 23.5 hours. */
const PLACES = [
  ['Europe/Rome', '2025-10-26'],
  ['Europe/Rome', '2026-03-29'],
  ['America/New_York', '2025-11-02'],
  ['America/New_York', '2026-03-08'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['America/St_Johns', '2026-03-08'],
  ['Asia/Kathmandu', '2026-03-15'],
  ['Pacific/Kiritimati', '2026-03-20'],
  ['Pacific/Pago_Pago', '2026-03-20'],
] as const
/** Also such as a clock change skips or repeats, and one that splits an hour. */
const CUTOFFS = ['00:00', '01:30', '02:00', '02:30', '04:00', '05:00', '23:30']
const ENDS = [
  'delivered',
  'delivered',
  'delivered',
  'delivered',
  'ready',
  'preparing',
  'confirmed',
  'pending',
]
const SOLD = [DISHES.risotto, DISHES.tagliata, DISHES.water]

export type BusyKitchen = { scope: KitchenScope; dates: BusinessDate[] }

/** Restaurants of the test chain with orders of every kind on some business dates around a clock change, all random. */
export async function addBusyKitchens(
  db: Database,
  many: number,
  draw: () => number,
): Promise<BusyKitchen[]> {
  const kitchens: BusyKitchen[] = []
  for (let n = 0; n < many; n++) {
    const [timeZone, changes] = PLACES[n % PLACES.length] ?? ['UTC', '2026-03-20']
    const dayCutoff = pick(CUTOFFS, draw)
    const scope = await addKitchen(db, { timeZone, dayCutoff })
    await addThresholds(db, scope, draw)
    const dates = [-1, 0, 1 + Math.floor(6 * draw())].map((days) => addDays(changes, days))
    await addOrders(db, scope, dates, draw)
    kitchens.push({ scope, dates })
  }
  return kitchens
}

const pick = <T>(from: readonly T[], draw: () => number): T => {
  const found = from[Math.floor(draw() * from.length)]
  if (found === undefined) throw new RangeError('Nothing to pick from.')
  return found
}

async function addThresholds(db: Database, scope: KitchenScope, draw: () => number): Promise<void> {
  await db.execute(sql`
    insert into age_thresholds (restaurant_id, channel, amber_minutes, red_minutes)
    values (${scope.restaurant.id}, ${pick(CHANNELS, draw)}, 3, ${5 + Math.floor(300 * draw())})`)
}

async function addOrders(
  db: Database,
  scope: KitchenScope,
  dates: readonly BusinessDate[],
  draw: () => number,
): Promise<void> {
  const { id: restaurantId, timeZone, dayCutoff } = scope.restaurant
  const orders: object[] = []
  const items: object[] = []
  const events: object[] = []
  let seq = 0
  for (const date of dates) {
    const { from, to } = businessDayRange(date, timeZone, dayCutoff)
    const many = Math.floor(14 * draw())
    for (let n = 0; n < many; n++) {
      const createdAt = from.getTime() + Math.floor(draw() * (to.getTime() - from.getTime()))
      const order = makeOrder(createdAt, draw)
      const { id, times, lines } = order
      orders.push({
        id,
        order_number: `ORD${date.replaceAll('-', '')}${String(n).padStart(8, '0')}`,
        business_date: date,
        call_number: n + 1,
        status: order.status,
        channel: pick(CHANNELS, draw),
        total: lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0),
        created_at: instant(createdAt),
        ...Object.fromEntries(Object.entries(times).map(([name, at]) => [name, instant(at)])),
      })
      items.push(
        ...lines.map(({ dish, quantity, unitPrice }, index) => ({
          order_id: id,
          line: index + 1,
          menu_item_id: dish,
          quantity,
          unit_price: unitPrice,
        })),
      )
      for (const { kind, at, details } of order.events)
        events.push({ seq: ++seq, order_id: id, kind, to_status: order.status, at: instant(at), details })
    }
  }
  await db.transaction(async (tx) => {
    await tx.execute(sql`
      insert into orders (restaurant_id, id, order_number, business_date, call_number, status, channel, total, created_at,
        confirmed_at, preparing_at, ready_at, delivered_at, cancelled_at)
      select ${restaurantId}::int, id, order_number, business_date, call_number, status, channel, total, created_at,
        confirmed_at, preparing_at, ready_at, delivered_at, cancelled_at
      from json_populate_recordset(null::orders, ${JSON.stringify(orders)}::text::json)`)
    await tx.execute(sql`
      insert into order_items (restaurant_id, order_id, line, menu_item_id, name, quantity, unit_price)
      select ${restaurantId}::int, order_id, line, menu_item_id, 'Dish', quantity, unit_price
      from json_populate_recordset(null::order_items, ${JSON.stringify(items)}::text::json)`)
    await tx.execute(sql`
      insert into order_events (restaurant_id, seq, order_id, kind, to_status, at, details)
      select ${restaurantId}::int, seq, order_id, kind, to_status, at, details
      from json_populate_recordset(null::order_events, ${JSON.stringify(events)}::text::json)`)
    await tx.execute(sql`insert into kitchen_feed (restaurant_id, seq) values (${restaurantId}, ${seq})`)
  })
}

const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

type Happened = { kind: string; at: number; details: object | null }

function makeOrder(createdAt: number, draw: () => number) {
  const id = uuidv7({ msecs: createdAt })
  const end = draw() < 0.15 ? 'cancelled' : pick(ENDS, draw)
  const reached =
    end === 'cancelled'
      ? Math.floor(4 * draw())
      : ['pending', 'confirmed', 'preparing', 'ready', 'delivered'].indexOf(end)
  const confirmedAt = createdAt + Math.floor(60_000 * draw())
  // Most within the hour, some to the exact minute, some forgotten.
  const prep =
    draw() < 0.06 ? 14_400 + 40_000 * draw() : draw() < 0.2 ? 60 * Math.floor(20 * draw()) : 2_400 * draw()
  const readyAt = confirmedAt + Math.floor(1000 * prep)
  const lines = Array.from({ length: 1 + Math.floor(4 * draw()) }, () => {
    const { id: dish, price } = pick(SOLD, draw)
    return { dish, quantity: 1 + Math.floor(3 * draw()), unitPrice: price + Math.floor(100 * draw()) }
  })
  const events: Happened[] = [{ kind: 'placed', at: createdAt, details: null }]
  const tick = (line: number, status: string) =>
    events.push({
      kind: 'item_status',
      at: confirmedAt + Math.floor(draw() * 1.1 * (readyAt - confirmedAt)),
      details: { items: [{ line, status }] },
    })
  if (reached >= 2) {
    for (const [index] of lines.entries()) {
      if (draw() < 0.5) tick(index + 1, 'done')
      if (draw() < 0.1) tick(index + 1, 'cooking')
      if (draw() < 0.1) tick(index + 1, 'done')
    }
    if (draw() < 0.2) events.push({ kind: 'recalled', at: readyAt, details: null })
  }
  const at = (step: number, time: number) => (reached >= step ? time : null)
  return {
    id,
    status: end as OrderStatus,
    lines,
    events,
    times: {
      confirmed_at: at(1, confirmedAt),
      preparing_at: at(2, confirmedAt),
      ready_at: at(3, readyAt),
      delivered_at: end === 'delivered' ? readyAt : null,
      cancelled_at: end === 'cancelled' ? readyAt : null,
    },
  }
}
