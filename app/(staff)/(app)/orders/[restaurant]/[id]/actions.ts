'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { refusalMessage } from '@/app/api/kitchen/[restaurant]/moves/words'
import { cancelByKey } from '@/db/mutations/order-cancel'
import { changeOrder } from '@/db/mutations/order-changes'
import { applyMove } from '@/db/mutations/wall-moves'
import { ORDER_STATUSES } from '@/domain/vocabulary'
import {
  dishesRefused,
  ORDER_GONE,
  outOfStock,
  STILL_RUNNING,
  TOTAL_TOO_LARGE,
  tooLate,
} from '../../order-refusals'
import { changeForm, pressedForm } from './change-input'

/** One step on, or back to the stove. Whoever was slower is told, and sees where the order is. */
export const moveOrder = defineAction({
  name: 'order.move',
  input: pressedForm.extend({
    move: z.enum(['bump', 'recall', 'acknowledge']),
    from: z.enum(ORDER_STATUSES),
  }),
  permission: 'tickets:bump',
  restaurant: ({ restaurant }) => restaurant,
  run: async (scope, { order: orderId, id, move, from }) => {
    const press = move === 'bump' ? { do: move, orderId, from } : { do: move, orderId }
    const answer = await applyMove(database(), scope, { id, move: press })
    refresh()
    return answer
  },
  words: {
    not_found: ORDER_GONE,
    already_moved: (failure) => refusalMessage(failure),
    not_allowed: (failure) => refusalMessage(failure),
    line_gone: (failure) => refusalMessage(failure),
    out_of_stock: (failure) => refusalMessage(failure),
  },
})

/** Cancels an order that was not handed over yet. */
export const cancelOrder = defineAction({
  name: 'order.cancel',
  input: pressedForm,
  permission: 'orders:place',
  restaurant: ({ restaurant }) => restaurant,
  run: async (scope, { order, id }) => {
    const answer = await cancelByKey(database(), scope, order, { idempotencyKey: id })
    refresh()
    return answer.ok ? ({ ok: true } as const) : answer
  },
  words: {
    not_found: ORDER_GONE,
    too_late: (failure) => tooLate(failure),
    key_reused: 'This was sent before. Look at the order before you repeat it.',
    still_running: STILL_RUNNING,
  },
})

/** Adds, changes and removes lines of an order that is not ready yet. */
export const changeLines = defineAction({
  name: 'order.change',
  input: changeForm,
  permission: 'orders:place',
  restaurant: ({ restaurant }) => restaurant,
  run: async (scope, { order, id, change }) => {
    if (!change) return { ok: false, reason: 'nothing_changed' } as const
    const answer = await changeOrder(database(), scope, order, change, { idempotencyKey: id })
    if (answer.ok || answer.reason === 'too_late' || answer.reason === 'unknown_lines') refresh()
    return answer.ok ? ({ ok: true } as const) : answer
  },
  words: {
    nothing_changed: 'Nothing here is different yet: change a quantity or a request, or add a dish.',
    not_found: ORDER_GONE,
    too_late: (failure) => tooLate(failure),
    unknown_lines:
      'Somebody took a dish off this order meanwhile. Look at it again, then repeat your change.',
    nothing_left: 'An order without dishes is to be cancelled. Use “Cancel order” instead.',
    too_many_lines: 'An order has 200 lines at most. Take another one for the rest.',
    dishes_refused: (failure) => dishesRefused(failure),
    out_of_stock: (failure) => outOfStock(failure),
    total_differs: 'The menu’s prices changed meanwhile. Look at the order again.',
    total_too_large: TOTAL_TOO_LARGE,
    key_reused: 'This form was sent before. Look at the order before you repeat it.',
    still_running: STILL_RUNNING,
  },
})
