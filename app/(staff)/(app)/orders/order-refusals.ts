import type { RefusedDish } from '@/domain/order-lines'
import type { OrderStatus } from '@/domain/vocabulary'
import { STATUS_WORDS } from './words'

/** Dishes that can't be had, each with why, as one sentence. */
export function dishesRefused({ dishes }: { dishes: readonly RefusedDish[] }): string {
  const each = new Set(dishes.map(refusedDish))
  return `${[...each].join(', ')}. Take ${each.size === 1 ? 'it' : 'them'} off or choose something else.`
}

function refusedDish(dish: RefusedDish): string {
  const name = dish.name ?? 'A dish that is not on the menu'
  switch (dish.reason) {
    case 'eighty_six':
      return `${name} is 86’d`
    case 'too_few':
      return `${name} has only ${dish.portionsLeft} left`
    default:
      return `${name} is not on the menu any more`
  }
}

export const outOfStock = ({ ingredients }: { ingredients: readonly { name: string }[] }): string =>
  `The stock does not cover it: too little ${ingredients.map(({ name }) => name).join(', ')}. Order less of it or something else.`

/** What somebody else did first. */
export const tooLate = ({ status }: { status: OrderStatus }): string =>
  `Somebody was faster: the order is ${STATUS_WORDS[status].toLowerCase()} now. Nothing was changed.`

export const ORDER_GONE = 'This order is not there any more. Reload the page.'
export const STILL_RUNNING = 'It is still being worked on. Wait a moment, then send it again: it counts once.'
export const TOTAL_TOO_LARGE = 'The order costs more than one order can. Split it into several.'
