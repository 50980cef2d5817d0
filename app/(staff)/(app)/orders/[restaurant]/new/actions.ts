'use server'

import { defineAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { placeOrder } from '@/db/mutations/order-placement'
import type { OrderDetails } from '@/domain/api'
import { dishesRefused, outOfStock, STILL_RUNNING, TOTAL_TOO_LARGE } from '../../order-refusals'
import { orderForm } from './order-form-input'

/** Places an order that somebody took: once for each form, however often it is sent. */
export const takeOrder = defineAction({
  name: 'order.place',
  input: orderForm,
  permission: 'orders:place',
  restaurant: ({ restaurant }) => restaurant,
  run: async (scope, { key, order }) => {
    const answer = await placeOrder(database(), scope, order, { idempotencyKey: key })
    if (!answer.ok) return answer
    const { id, callNumber, placeOrName, channel, total }: OrderDetails = JSON.parse(answer.response)
    return { ok: true, order: { id, callNumber, placeOrName, channel, total } } as const
  },
  words: {
    key_reused:
      'An order was placed with this form already, before you changed it. Look at the day’s orders before you send this as a further one.',
    still_running: STILL_RUNNING,
    dishes_refused: (failure) => dishesRefused(failure),
    out_of_stock: (failure) => outOfStock(failure),
    total_differs: 'The menu changed meanwhile. Look at the new prices, tell the guest, then send it again.',
    total_too_large: TOTAL_TOO_LARGE,
  },
})
