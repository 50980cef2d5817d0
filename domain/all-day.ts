import { isOpen } from './order'
import { addQuantities, multiplyQuantity, type Quantity } from './quantity'
import type { Unit } from './vocabulary'
import type { WallTicket } from './wall'

export type DishTotal = {
  menuItemId: number
  name: string
  /** Portions over the open tickets. */
  portions: number
  /** Those of them that are done. */
  done: number
}

/** What a portion of a dish takes from a batch that the kitchen makes ahead. */
export type DishComponent = { menuItemId: number; name: string; quantity: Quantity; unit: Unit }

export type ComponentTotal = { name: string; quantity: Quantity; unit: Unit }

/** How much of each dish is on these tickets that are open; most first, equal ones by name. */
export function dishTotals(tickets: readonly WallTicket[]): DishTotal[] {
  const totals = new Map<number, DishTotal>()
  for (const item of tickets.filter(({ status }) => isOpen(status)).flatMap(({ items }) => items)) {
    const total = totals.get(item.menuItemId) ?? {
      menuItemId: item.menuItemId,
      name: item.name,
      portions: 0,
      done: 0,
    }
    total.portions += item.quantity
    if (item.status === 'done') total.done += item.quantity
    totals.set(item.menuItemId, total)
  }
  return [...totals.values()].sort(
    (one, other) => other.portions - one.portions || one.name.localeCompare(other.name),
  )
}

/** What of each batch the dishes that are not done still take, by name. One name in two units makes two lines. */
export function componentTotals(
  dishes: readonly DishTotal[],
  components: readonly DishComponent[],
): ComponentTotal[] {
  const left = new Map(dishes.map((dish) => [dish.menuItemId, dish.portions - dish.done]))
  const totals = new Map<string, ComponentTotal>()
  for (const { menuItemId, name, quantity, unit } of components) {
    const portions = left.get(menuItemId) ?? 0
    if (portions === 0) continue
    const key = `${name} ${unit}`
    const before = totals.get(key)?.quantity ?? '0'
    totals.set(key, {
      name,
      unit,
      quantity: addQuantities(before, multiplyQuantity(quantity, portions)),
    })
  }
  return [...totals.values()].sort((one, other) => one.name.localeCompare(other.name))
}
