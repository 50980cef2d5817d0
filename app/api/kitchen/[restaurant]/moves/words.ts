import type { MoveAnswer } from '@/db/mutations/wall-moves'

/** Why nothing was changed and what to do, for the person at the wall. */
export function refusalMessage(answer: Extract<MoveAnswer, { ok: false }>): string {
  switch (answer.reason) {
    case 'not_found':
      return 'This ticket is not there any more.'
    case 'already_moved':
      return `Somebody was faster: it is ${answer.status} already. Nothing was changed.`
    case 'not_allowed':
      return `A ${answer.status} ticket can't be moved like this.`
    case 'line_gone':
      return 'This dish was taken off the order. Look at the ticket again.'
    case 'out_of_stock':
      return `Not confirmed: there is not enough ${answer.ingredients.map(({ name }) => name).join(', ')}. Change or cancel the order.`
  }
}
