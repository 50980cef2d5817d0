import { AsyncLocalStorage } from 'node:async_hooks'
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { type Database, openDatabase } from '@/db/client'
import { placeOrder } from '@/db/mutations/order-placement'
import { applyMove } from '@/db/mutations/wall-moves'
import { findPersonForOperator } from '@/db/queries/access'
import { type RestaurantScope, restaurantScope, systemScope } from '@/domain/scope'

type Scope = RestaurantScope<'orders:place' | 'tickets:bump'>
export type Kitchen = { scope: Scope; dishes: readonly number[] }

/** When the COMMIT of the writes that run in it was sent, by this process's clock. */
const committing = new AsyncLocalStorage<{ at: number }>()

/** A database whose writes know when they were committed. */
export const openTraffic = (url: string): Database =>
  openDatabase(url, {
    max: 8,
    onStatement: (text) => {
      const write = committing.getStore()
      if (write && text === 'commit') write.at = performance.now()
    },
  })

/**
 * The first restaurants of the chain, with dishes that each of them sells, as an admin who may do everything there. From
 * now on they confirm by themselves and refuse nothing for lack of stock.
 */
export async function openKitchens(db: Database, count: number): Promise<Kitchen[]> {
  await takeEveryOrder(db)
  const person = await findPersonForOperator(db, systemScope(), { email: null })
  const kitchens: Kitchen[] = []
  for (const { slug, id } of person?.restaurants.slice(0, count) ?? []) {
    const scope = person && restaurantScope<'orders:place' | 'tickets:bump'>(person, slug)
    if (scope) kitchens.push({ scope, dishes: await dishesOf(db, id) })
  }
  return kitchens
}

/** Every restaurant confirms by itself from now on, and refuses nothing for lack of stock. */
export async function takeEveryOrder(db: Database): Promise<void> {
  await db.execute(sql`update restaurants set auto_confirm = true, stock_policy = 'warn'`)
}

/** Dishes that a restaurant sells without any word of its own on them. */
export async function dishesOf(db: Database, restaurantId: number): Promise<number[]> {
  const rows = await db.execute<{ id: number }>(sql`
    select m.id from menu_items m
    join categories c on c.id = m.category_id and c.is_active
    where m.is_available and not exists (
      select from menu_overrides o where o.restaurant_id = ${restaurantId} and o.menu_item_id = m.id
    )
    order by m.id limit 40`)
  return rows.map((row) => row.id)
}

export type Traffic = {
  /** When each write was committed at the latest, by `<order id> <kind of event>`, in milliseconds of this process. */
  committed: ReadonlyMap<string, number>
  refused: () => number
  /** Stops, and waits for what is under way. */
  stop: () => Promise<void>
}

/** How long a ticket waits until somebody begins to cook it. */
const UNTIL_COOKED_MS = 5000

/** Places so many orders a second, in one kitchen after the other, and bumps each of them once, five seconds later. */
export function startTraffic(db: Database, kitchens: readonly Kitchen[], perSecond: number): Traffic {
  const committed = new Map<string, number>()
  const waiting: { kitchen: Kitchen; orderId: string; since: number }[] = []
  const underWay = new Set<Promise<void>>()
  let placed = 0
  let refused = 0

  async function write<T extends { ok: boolean }>(
    work: () => Promise<T>,
  ): Promise<{ answer: T; at: number }> {
    const store = { at: Number.NaN }
    const answer = await committing.run(store, work)
    if (!answer.ok) refused++
    return { answer, at: store.at }
  }

  async function place(kitchen: Kitchen): Promise<void> {
    const { answer, at } = await write(() =>
      placeOrder(db, kitchen.scope, orderOf(kitchen, placed), { idempotencyKey: uuidv7() }),
    )
    if (!answer.ok) return
    committed.set(`${answer.orderId} placed`, at)
    waiting.push({ kitchen, orderId: answer.orderId, since: performance.now() })
  }

  async function cook(kitchen: Kitchen, orderId: string): Promise<void> {
    const move = { do: 'bump', orderId, from: 'confirmed' } as const
    const { answer, at } = await write(() => applyMove(db, kitchen.scope, { id: uuidv7(), move }))
    if (answer.ok) committed.set(`${orderId} preparing`, at)
  }

  const begin = (work: Promise<void>) => {
    const settled = work.finally(() => underWay.delete(settled))
    underWay.add(settled)
  }
  const timer = setInterval(() => {
    const kitchen = kitchens[placed++ % kitchens.length]
    if (kitchen) begin(place(kitchen))
    while (waiting[0] && performance.now() - waiting[0].since >= UNTIL_COOKED_MS) {
      const next = waiting.shift()
      if (next) begin(cook(next.kitchen, next.orderId))
    }
  }, 1000 / perSecond)

  return {
    committed,
    refused: () => refused,
    async stop() {
      clearInterval(timer)
      await Promise.all(underWay)
    },
  }
}

/** Two or three lines, other dishes each time. */
export function orderOf({ dishes }: Kitchen, number: number) {
  const lines = Array.from({ length: 2 + (number % 2) }, (_, line) => ({
    menuItemId: dishes[(number * 3 + line) % dishes.length] ?? 1,
    quantity: 1 + (number % 3),
    specialRequests: number % 5 === 0 ? 'no onions' : '',
  }))
  return { channel: 'dine_in', placeOrName: `T${number % 40}`, specialInstructions: '', lines } as const
}
