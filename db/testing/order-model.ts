import { toThousandths } from '@/domain/quantity'
import type { ItemStatus, OrderStatus, Station, StockPolicy } from '@/domain/vocabulary'
import type { Unacknowledged } from '@/domain/wall'
import { DISHES } from './kitchen'

const CARDS: Record<number, Record<number, string>> = {
  [DISHES.risotto.id]: DISHES.risotto.card,
  [DISHES.tagliata.id]: DISHES.tagliata.card,
  [DISHES.water.id]: DISHES.water.card,
}
/** Where each dish is made. */
export const STATION: Record<number, Station> = { 1: 'pasta', 2: 'grill', 3: 'bar' }

export type Line = { line: number; dish: number; quantity: number; status: ItemStatus; counted: boolean }
export type Ticket = {
  id: string
  status: OrderStatus
  unacknowledged: Unacknowledged | null
  lines: Line[]
  lastLine: number
  /** What it took off the stock and still has, by ingredient, in thousandths. */
  held: Map<number, bigint>
  /** What of it became waste. */
  wasted: Map<number, bigint>
}
export type Model = {
  policy: StockPolicy
  autoConfirm: boolean
  tickets: Ticket[]
  stock: Map<number, bigint>
  /** Portions left by dish that is counted down; at 0 it is 86'd. */
  left: Map<number, number>
  /** Feed numbers without an order's event. */
  silent: number
  /** Feed numbers in all. */
  seq: number
}

/** What quantities of dishes need of the stock, by ingredient. */
export function need(portions: readonly { dish: number; quantity: number }[]): Map<number, bigint> {
  const sum = new Map<number, bigint>()
  for (const { dish, quantity } of portions) {
    for (const [ingredient, amount] of Object.entries(CARDS[dish] ?? {})) {
      const id = Number(ingredient)
      sum.set(id, (sum.get(id) ?? 0n) + toThousandths(amount) * BigInt(quantity))
    }
  }
  return sum
}

/** Takes from the stock for a ticket, or gives back; false where the restaurant refuses that, and then nothing happened. */
export function take(model: Model, held: Map<number, bigint>, amounts: Map<number, bigint>): boolean {
  const missing = [...amounts].some(([id, amount]) => amount > 0n && (model.stock.get(id) ?? 0n) < amount)
  if (missing && model.policy === 'refuse') return false
  for (const [id, amount] of amounts) {
    model.stock.set(id, (model.stock.get(id) ?? 0n) - amount)
    held.set(id, (held.get(id) ?? 0n) + amount)
  }
  return true
}

/** Moves what a ticket has to its waste. */
export function waste(ticket: Ticket, amounts: Map<number, bigint>): void {
  for (const [id, amount] of [...amounts]) {
    ticket.held.set(id, (ticket.held.get(id) ?? 0n) - amount)
    ticket.wasted.set(id, (ticket.wasted.get(id) ?? 0n) + amount)
  }
}

/** What portions of counted dishes would leave; null where there are too few. */
export function countDown(
  model: Model,
  portions: readonly { dish: number; quantity: number }[],
): Map<number, number> | null {
  const left = new Map(model.left)
  for (const { dish, quantity } of portions) {
    const before = left.get(dish)
    if (before !== undefined) left.set(dish, before - quantity)
  }
  return [...left.values()].some((portionsLeft) => portionsLeft < 0) ? null : left
}

export const isOff = (model: Model, dish: number) => model.left.get(dish) === 0
