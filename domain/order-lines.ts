import { sumCents } from './money'
import type { Station } from './vocabulary'

/** A dish as a restaurant sells it now; price in cents. */
export type Dish = {
  id: number
  name: string
  price: number
  station: Station
  refusal: 'unavailable' | 'eighty_six' | null
  /** Its portions are counted down. */
  counted: boolean
}

/** A line that can't be sold here now. */
export type RefusedDish = {
  /** The list of the request in which it stands, and its place there from 0. */
  list: 'lines' | 'add' | 'change'
  line: number
  menuItemId: number
  /** Null for an unknown dish. */
  name: string | null
} & (
  | { reason: 'unknown' | 'unavailable' | 'eighty_six' }
  /** A countdown has fewer portions left than the request asks for. */
  | { reason: 'too_few'; portionsLeft: number }
)

/** A line of a request that asks for portions of a dish. */
export type AskedLine = Pick<RefusedDish, 'list' | 'line' | 'menuItemId'>

/** The dishes by id. */
export const dishesById = (dishes: readonly Dish[]): Map<number, Dish> =>
  new Map(dishes.map((dish) => [dish.id, dish]))

/** What can't be sold: unknown, off the menu, or 86'd. */
export function refusedDishes(asked: readonly AskedLine[], dishes: Map<number, Dish>): RefusedDish[] {
  return asked.flatMap(({ list, line, menuItemId }) => {
    const dish = dishes.get(menuItemId)
    const reason = dish ? dish.refusal : 'unknown'
    return reason ? [{ list, line, menuItemId, name: dish?.name ?? null, reason }] : []
  })
}

/** What a countdown has too little of; `left` is by dish what it has. */
export function tooFewPortions(
  asked: readonly AskedLine[],
  dishes: Map<number, Dish>,
  left: Map<number, number>,
): RefusedDish[] {
  return asked.flatMap(({ list, line, menuItemId }) => {
    const portionsLeft = left.get(menuItemId)
    const name = dishes.get(menuItemId)?.name ?? null
    return portionsLeft === undefined
      ? []
      : [{ list, line, menuItemId, name, reason: 'too_few', portionsLeft }]
  })
}

/** What `orders.total` can hold: some 21 million in a currency of cents. */
const LARGEST_TOTAL = 2_147_483_647

export type TotalRefused =
  /** The total by the menu, in cents. */
  { ok: false; reason: 'total_differs'; total: number } | { ok: false; reason: 'total_too_large' }

/** The total of an order in cents, unless the sender expects another one or it is beyond what an order can hold. */
export function totalOf(
  lines: readonly { quantity: number; unitPrice: number }[],
  expectedTotal: number | undefined,
): { ok: true; total: number } | TotalRefused {
  const total = sumCents(lines.map((line) => line.quantity * line.unitPrice))
  if (expectedTotal !== undefined && expectedTotal !== total)
    return { ok: false, reason: 'total_differs', total }
  return total > LARGEST_TOTAL ? { ok: false, reason: 'total_too_large' } : { ok: true, total }
}
