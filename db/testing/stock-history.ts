import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { addDays } from '@/domain/business-day'
import {
  addQuantities,
  fromThousandths,
  multiplyQuantity,
  type Quantity,
  subtractQuantities,
} from '@/domain/quantity'
import type { Db } from '../client'
import { receiveDelivery } from '../mutations/deliveries'
import { cancelByKey } from '../mutations/order-cancel'
import { draftPurchaseOrder, saveDraft } from '../mutations/purchase-drafts'
import { cancelPurchaseOrder, closePurchaseOrder, sendPurchaseOrder } from '../mutations/purchase-orders'
import { holdNewForecasts, updateForecasts } from '../mutations/stock-alert-state'
import { postCount, saveCountLines, startCount } from '../mutations/stock-counts'
import { transferStock } from '../mutations/stock-transfers'
import { logWaste } from '../mutations/waste'
import type { KitchenScope } from './kitchen'
import { order, press } from './orders'

/** Something that happens to stock; `pick` chooses one of what there is so far. Quantities are thousandths. */
export type StockStep =
  | { do: 'order'; kitchen: number; dishes: [number, number][] }
  | { do: 'cook' | 'cancel'; pick: number }
  | { do: 'buy'; kitchen: number; packs: number[] }
  | { do: 'receive'; pick: number; quantities: number[]; rest: 'wait' | 'close' }
  | { do: 'close' | 'give_up'; pick: number }
  | { do: 'waste'; kitchen: number; ingredientId: number; quantity: number }
  | { do: 'transfer'; kitchen: number; ingredientId: number; quantity: number }
  | { do: 'count'; kitchen: number; counted: [number, number][] }
  | { do: 'forecast'; kitchen: number; weekday: number }

/** What the kitchens sell, and how many ingredients they stock, from 1 on. */
export type Larder = { dishes: readonly number[]; ingredients: number }

const kitchen = fc.integer({ min: 0, max: 1 })
const pick = fc.nat()
const quantity = fc.integer({ min: 1, max: 3000 })

export function stockStep({ dishes, ingredients }: Larder): fc.Arbitrary<StockStep> {
  const ingredientId = fc.integer({ min: 1, max: ingredients })
  const each = (values: fc.Arbitrary<number>) =>
    fc.array(values, { minLength: ingredients, maxLength: ingredients })
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('order' as const),
        kitchen,
        dishes: fc.array(fc.tuple(fc.constantFrom(...dishes), fc.integer({ min: 1, max: 5 })), {
          minLength: 1,
          maxLength: 3,
        }),
      }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('cook' as const, 'cancel' as const), pick }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('buy' as const), kitchen, packs: each(fc.nat({ max: 4 })) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('receive' as const),
        pick,
        quantities: each(fc.nat({ max: 4000 })),
        rest: fc.constantFrom('wait' as const, 'close' as const),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('close' as const, 'give_up' as const), pick }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constantFrom('waste' as const, 'transfer' as const),
        kitchen,
        ingredientId,
        quantity,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('count' as const),
        kitchen,
        counted: fc.array(fc.tuple(ingredientId, fc.nat({ max: 8000 })), { minLength: 1, maxLength: 3 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('forecast' as const), kitchen, weekday: fc.nat({ max: 6 }) }),
    },
  )
}

type Call = <T>(work: () => Promise<T>) => Promise<T>

/**
 * What two kitchens do to their stock, and what they were told became of it: all that was acknowledged, to be compared
 * with what is stored. Steps may run side by side. Every call is made twice under its one id where `twice` says so.
 */
export class StockHistory {
  private readonly orders: { scope: KitchenScope; id: string }[] = []
  private readonly purchases: { scope: KitchenScope; id: string }[] = []
  /** By restaurant and ingredient: what went in and out by acknowledged deliveries, waste and transfers. */
  private readonly moved = new Map<string, Quantity>()

  constructor(
    private readonly db: Db,
    private readonly kitchens: readonly [KitchenScope, KitchenScope],
    /** How a call is made: once and again, or until it is answered. */
    private readonly call: Call,
  ) {}

  async run(step: StockStep): Promise<void> {
    const { db, call } = this
    switch (step.do) {
      case 'order': {
        const scope = this.at(step.kitchen)
        const key = uuidv7()
        const placed = await call(() => order(db, scope, step.dishes, key))
        if (placed.ok) this.orders.push({ scope, id: placed.orderId })
        return
      }
      case 'cook': {
        const chosen = this.orders[step.pick % this.orders.length]
        const id = uuidv7()
        if (chosen)
          await call(() => press(db, chosen.scope, { do: 'bump', orderId: chosen.id, from: 'confirmed' }, id))
        return
      }
      case 'cancel': {
        const chosen = this.orders[step.pick % this.orders.length]
        const idempotencyKey = uuidv7()
        if (chosen) await call(() => cancelByKey(db, chosen.scope, chosen.id, { idempotencyKey }))
        return
      }
      case 'buy':
        return this.buy(this.at(step.kitchen), step.packs)
      case 'receive': {
        const chosen = this.purchases[step.pick % this.purchases.length]
        if (chosen) await this.receive(chosen.scope, chosen.id, step.quantities, step.rest)
        return
      }
      case 'close':
      case 'give_up': {
        const chosen = this.purchases[step.pick % this.purchases.length]
        const end = step.do === 'close' ? closePurchaseOrder : cancelPurchaseOrder
        if (chosen) await call(() => end(db, chosen.scope, { orderId: chosen.id }))
        return
      }
      case 'waste': {
        const scope = this.at(step.kitchen)
        const input = { id: uuidv7(), ...amountOf(step), reason: 'dropped' as const, note: '' }
        const logged = await call(() => logWaste(db, scope, input))
        if (logged.ok) this.move(scope, step.ingredientId, `-${input.quantity}`)
        return
      }
      case 'transfer': {
        const from = this.at(step.kitchen)
        const to = this.at(1 - step.kitchen)
        const line = amountOf(step)
        const input = { id: uuidv7(), note: '', lines: [line] }
        const sent = await call(() => transferStock(db, from, to, input))
        if (!sent.ok) return
        this.move(from, step.ingredientId, `-${line.quantity}`)
        this.move(to, step.ingredientId, line.quantity)
        return
      }
      case 'count':
        return this.count(this.at(step.kitchen), step.counted)
      case 'forecast': {
        const day = {
          restaurantId: this.at(step.kitchen).restaurant.id,
          today: addDays('2026-01-05', step.weekday),
        }
        await call(() =>
          db.transaction(async (tx) => updateForecasts(tx, day, await holdNewForecasts(tx, day))),
        )
        return
      }
    }
  }

  private async buy(scope: KitchenScope, packs: readonly number[]): Promise<void> {
    const { db, call } = this
    const id = uuidv7()
    const drafted = await call(() => draftPurchaseOrder(db, scope, { id, supplierId: 1 }))
    if (!drafted.ok) throw new Error(drafted.reason)
    const { orderId } = drafted
    const lines = packs.map((number, index) => ({ ingredientId: index + 1, packs: number }))
    // Somebody else may have the same draft in hand: then one of the two is told so.
    const saved = await saveDraft(db, scope, { orderId, version: 1, note: '', lines })
    if (!saved.ok) return
    const sent = await call(() =>
      sendPurchaseOrder(db, scope, { orderId, version: saved.version, acceptsLess: true }),
    )
    if (sent.ok) this.purchases.push({ scope, id: orderId })
  }

  private async receive(
    scope: KitchenScope,
    orderId: string,
    quantities: readonly number[],
    rest: 'wait' | 'close',
  ): Promise<void> {
    const [open] = await this.db.execute<{ ids: number[] }>(sql`
      select array_agg(ingredient_id order by ingredient_id) as ids from purchase_order_lines
      where restaurant_id = ${scope.restaurant.id} and order_id = ${orderId}::uuid`)
    const lines = (open?.ids ?? []).map((id) => ({
      ingredientId: id,
      quantity: fromThousandths(BigInt(quantities[id - 1] ?? 0)),
      unitPrice: '320',
    }))
    const input = { id: uuidv7(), orderId, reference: '', note: '', lines, rest }
    const received = await this.call(() => receiveDelivery(this.db, scope, input))
    if (received.ok) for (const line of lines) this.move(scope, line.ingredientId, line.quantity)
  }

  private async count(scope: KitchenScope, counted: readonly [number, number][]): Promise<void> {
    const { db, call } = this
    const countId = uuidv7()
    const started = await call(() => startCount(db, scope, { id: countId, storageArea: null, isBlind: true }))
    if (!started.ok) return
    for (const [id, found] of counted) {
      const lines = [{ ingredientId: id, counted: fromThousandths(BigInt(found)) }]
      await call(() => saveCountLines(db, scope, { countId, lines }))
    }
    await call(() => postCount(db, scope, { countId }))
  }

  private at(index: number): KitchenScope {
    return index === 0 ? this.kitchens[0] : this.kitchens[1]
  }

  private move(scope: KitchenScope, id: number, quantity: Quantity): void {
    const key = `${scope.restaurant.id} ${id}`
    this.moved.set(key, addQuantities(this.moved.get(key) ?? '0', quantity))
  }

  /**
   * What should be on hand of each ingredient, by `restaurant ingredient`: what there was, what was acknowledged, what
   * the orders took that are not cancelled or were cooked before, and what counts corrected.
   * @param before on hand at the beginning, by the same key
   */
  async expected(before: ReadonlyMap<string, Quantity>): Promise<Map<string, Quantity>> {
    const expected = new Map(before)
    for (const [key, quantity] of this.moved) add(expected, key, quantity)
    for (const { key, card, quantity } of await this.soldPortions())
      add(expected, key, multiplyQuantity(card, -quantity))
    const corrections = await this.db.execute<{ key: string; difference: Quantity }>(sql`
      select l.restaurant_id || ' ' || l.ingredient_id as key, trim_scale(sum(l.counted - l.expected)) as difference
      from stock_count_lines l
      join stock_counts c on c.restaurant_id = l.restaurant_id and c.id = l.count_id and c.status = 'posted'
      where l.restaurant_id = any(${this.ids}::int[])
      group by 1`)
    for (const { key, difference } of corrections) add(expected, key, difference)
    return expected
  }

  private get ids() {
    return sql.param(this.kitchens.map(({ restaurant }) => restaurant.id))
  }

  /** What the cards say of acknowledged orders that took their ingredients for good. Throws where one is not stored. */
  private async soldPortions(): Promise<{ key: string; card: Quantity; quantity: number }[]> {
    const ids = [...new Set(this.orders.map(({ id }) => id))]
    const [found] = await this.db.execute<{ orders: number }>(sql`
      select count(*)::int as orders from orders
      where restaurant_id = any(${this.ids}::int[]) and confirmed_at is not null`)
    if (found?.orders !== ids.length)
      throw new Error(`${ids.length} orders were acknowledged, ${found?.orders} are stored.`)
    return this.db.execute(sql`
      select o.restaurant_id || ' ' || c.ingredient_id as key, c.quantity::text as card, i.quantity
      from orders o
      join order_items i on i.restaurant_id = o.restaurant_id and i.order_id = o.id
      join menu_items m on m.id = i.menu_item_id
      join recipe_ingredients c on c.recipe_id = m.recipe_id
      where o.restaurant_id = any(${this.ids}::int[]) and o.id = any(${sql.param(ids)}::uuid[])
        and (o.status <> 'cancelled' or o.preparing_at is not null)`)
  }

  /** Orders and purchase orders that were acknowledged so far. */
  get acknowledged(): { orders: number; purchases: number } {
    return { orders: this.orders.length, purchases: this.purchases.length }
  }
}

const amountOf = (step: { ingredientId: number; quantity: number }) => ({
  ingredientId: step.ingredientId,
  quantity: fromThousandths(BigInt(step.quantity)),
})

const add = (to: Map<string, Quantity>, key: string, quantity: Quantity): void => {
  to.set(key, addQuantities(to.get(key) ?? '0', quantity))
}

/** On hand by `restaurant ingredient`, shortest form. */
export async function levelsOf(db: Db, kitchens: readonly KitchenScope[]): Promise<Map<string, Quantity>> {
  const levels = await db.execute<{ key: string; quantity: Quantity }>(sql`
    select restaurant_id || ' ' || ingredient_id as key, trim_scale(on_hand)::text as quantity from stock_levels
    where restaurant_id = any(${sql.param(kitchens.map(({ restaurant }) => restaurant.id))}::int[])`)
  return new Map(levels.map(({ key, quantity }) => [key, subtractQuantities(quantity, '0')]))
}

/** Levels whose open alerts are not what their on hand and minimum say: none, ever. */
export async function wrongAlerts(
  db: Db,
  kitchens: readonly KitchenScope[],
): Promise<Record<string, unknown>[]> {
  return db.execute(sql`
    select s.restaurant_id, s.ingredient_id, s.on_hand, s.minimum, array_agg(a.kind order by a.kind) as open
    from stock_levels s
    left join stock_alerts a on a.restaurant_id = s.restaurant_id and a.ingredient_id = s.ingredient_id
      and a.cleared_at is null and a.kind <> 'forecast'
    where s.restaurant_id = any(${sql.param(kitchens.map(({ restaurant }) => restaurant.id))}::int[])
      and exists (select from stock_movements m
        where m.restaurant_id = s.restaurant_id and m.ingredient_id = s.ingredient_id)
    group by s.restaurant_id, s.ingredient_id
    having array_remove(array_agg(a.kind order by a.kind), null) <> array_remove(array[
      case when s.on_hand <= s.minimum then 'low' end, case when s.on_hand <= 0 then 'out' end], null)`)
}

/** Levels that say something else to be on order or forecast than purchase orders and alerts do: none, ever. */
export async function wrongPositions(
  db: Db,
  kitchens: readonly KitchenScope[],
): Promise<Record<string, unknown>[]> {
  return db.execute(sql`
    select * from (
      select s.restaurant_id, s.ingredient_id, s.on_order, s.is_forecast, (
          select coalesce(sum(l.outstanding), 0) from purchase_order_lines l
          where l.restaurant_id = s.restaurant_id and l.ingredient_id = s.ingredient_id and l.status = 'open'
        ) as outstanding, exists (
          select from stock_alerts a
          where a.restaurant_id = s.restaurant_id and a.ingredient_id = s.ingredient_id and a.kind = 'forecast'
            and a.cleared_at is null
        ) as raised
      from stock_levels s
      where s.restaurant_id = any(${sql.param(kitchens.map(({ restaurant }) => restaurant.id))}::int[])
    ) s where on_order <> outstanding or is_forecast <> raised`)
}
