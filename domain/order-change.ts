import type { OrderChange } from './order-input'
import {
  type AskedLine,
  type Dish,
  dishesById,
  type RefusedDish,
  refusedDishes,
  type TotalRefused,
  totalOf,
} from './order-lines'
import type { ItemStatus, Station } from './vocabulary'
import type { ChangedLine, Unacknowledged } from './wall'

export type OrderLine = {
  line: number
  menuItemId: number
  name: string
  station: Station
  quantity: number
  /** Cents, as it was sold. */
  unitPrice: number
  status: ItemStatus
  specialRequests: string
  fromCountdown: boolean
}

/** The lines that a change touches, before and after; null where there is none. */
type Touched = { before: OrderLine | null; after: OrderLine | null }

export type ChangePlan = {
  ok: true
  touched: Touched[]
  /** All lines after the change. */
  lines: OrderLine[]
  /** Cents. */
  total: number
  /** The lines of the request that need portions which were not ordered before. */
  asked: AskedLine[]
}

export type ChangeRefused =
  | { ok: false; reason: 'dishes_refused'; dishes: RefusedDish[] }
  /** Lines that the order does not have (any more). */
  | { ok: false; reason: 'unknown_lines'; lines: number[] }
  /** An order without lines is to be cancelled. */
  | { ok: false; reason: 'nothing_left' }
  | { ok: false; reason: 'too_many_lines' }
  | TotalRefused

const MOST_LINES = 200

/**
 * What an order becomes. Lines keep the price they were sold at; more of them and new ones must be on the menu now, and
 * new ones cost what it says. What changed waits to be cooked (again). `lastLine` is the highest line number the order
 * ever had: a new line never takes that of one that is gone.
 */
export function planChange(
  order: { lines: readonly OrderLine[]; lastLine: number },
  input: OrderChange,
  menu: readonly Dish[],
): ChangePlan | ChangeRefused {
  const byLine = new Map(order.lines.map((line) => [line.line, line]))
  const named = [...input.change.map(({ line }) => line), ...input.remove]
  const unknown = named.filter((line) => !byLine.has(line))
  if (unknown.length > 0) return { ok: false, reason: 'unknown_lines', lines: unknown }

  const dishes = dishesById(menu)
  const asked = askedLines(byLine, input)
  const refused = refusedDishes(asked, dishes)
  if (refused.length > 0) return { ok: false, reason: 'dishes_refused', dishes: refused }

  const touched = [...changedLines(byLine, input), ...addedLines(order.lastLine, input, dishes)]
  const replaced = new Set(touched.map(({ before }) => before?.line))
  const kept = order.lines.filter(({ line }) => !replaced.has(line))
  const lines = [...kept, ...touched.flatMap(({ after }) => after ?? [])].sort((a, b) => a.line - b.line)
  if (lines.length === 0) return { ok: false, reason: 'nothing_left' }
  if (lines.length > MOST_LINES) return { ok: false, reason: 'too_many_lines' }
  const total = totalOf(lines, input.expectedTotal)
  return total.ok ? { ok: true, touched, lines, total: total.total, asked } : total
}

function askedLines(byLine: Map<number, OrderLine>, input: OrderChange): AskedLine[] {
  const more = input.change.flatMap(({ line, quantity }, index): AskedLine[] => {
    const before = byLine.get(line)
    const isMore = before && quantity !== undefined && quantity > before.quantity
    return isMore ? [{ list: 'change', line: index, menuItemId: before.menuItemId }] : []
  })
  const added = input.add.map(
    ({ menuItemId }, index): AskedLine => ({ list: 'add', line: index, menuItemId }),
  )
  return [...more, ...added]
}

function changedLines(byLine: Map<number, OrderLine>, input: OrderChange): Touched[] {
  const changed = input.change.flatMap(({ line, quantity, specialRequests }): Touched[] => {
    const before = byLine.get(line)
    if (!before) return []
    const after: OrderLine = {
      ...before,
      quantity: quantity ?? before.quantity,
      specialRequests: specialRequests ?? before.specialRequests,
      status: 'waiting',
    }
    const same = after.quantity === before.quantity && after.specialRequests === before.specialRequests
    return same ? [] : [{ before, after }]
  })
  return [...changed, ...input.remove.map((line) => ({ before: byLine.get(line) ?? null, after: null }))]
}

function addedLines(lastLine: number, input: OrderChange, dishes: Map<number, Dish>): Touched[] {
  return input.add.flatMap(({ menuItemId, quantity, specialRequests }, index): Touched[] => {
    const dish = dishes.get(menuItemId)
    if (!dish) return []
    const { name, station, price: unitPrice } = dish
    const line = lastLine + 1 + index
    const sold = { menuItemId, name, station, quantity, unitPrice, specialRequests }
    return [{ before: null, after: { ...sold, line, status: 'waiting', fromCountdown: false } }]
  })
}

/** Portions of a dish that a change takes (positive) or leaves (negative). `cooked`: somebody had begun with them. */
export type PortionChange = { menuItemId: number; quantity: number; cooked: boolean; fromCountdown: boolean }

export const portionChanges = (touched: readonly Touched[]): PortionChange[] =>
  touched.flatMap(({ before, after }) => {
    const line = before ?? after
    const quantity = (after?.quantity ?? 0) - (before?.quantity ?? 0)
    if (!line || quantity === 0) return []
    const cooked = before !== null && before.status !== 'waiting'
    return [{ menuItemId: line.menuItemId, quantity, cooked, fromCountdown: line.fromCountdown }]
  })

/** A change in the words of the wall. */
export const changedForWall = (touched: readonly Touched[]): ChangedLine[] =>
  touched.flatMap(({ before, after }) => {
    const line = after ?? before
    if (!line) return []
    return {
      line: line.line,
      name: line.name,
      station: line.station,
      was: before?.quantity ?? 0,
      now: after?.quantity ?? 0,
      note: after?.specialRequests ?? '',
    }
  })

/**
 * What the kitchen has to acknowledge after one more change: `was` stays what it last acknowledged. Null where nothing
 * is left to tell, because all that was added since is gone again.
 */
export function mergeUnacknowledged(
  earlier: Unacknowledged | null,
  lines: readonly ChangedLine[],
): Unacknowledged | null {
  const merged = new Map(earlier?.kind === 'changed' ? earlier.lines.map((line) => [line.line, line]) : [])
  for (const line of lines) {
    const was = merged.get(line.line)?.was ?? line.was
    if (was === 0 && line.now === 0) merged.delete(line.line)
    else merged.set(line.line, { ...line, was })
  }
  const left = [...merged.values()].sort((a, b) => a.line - b.line)
  return left.length > 0 ? { kind: 'changed', lines: left } : null
}
