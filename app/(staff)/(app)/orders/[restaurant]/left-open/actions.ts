'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { requireRestaurant } from '@/app/_server/session'
import { settleLeftOpen } from '@/db/mutations/left-open'

const MOST_AT_ONCE = 100

/** Hands over or cancels tickets of days that are over. */
export const settle = defineAction({
  name: 'order.settle_left_open',
  input: z.object({
    restaurant: z.string(),
    id: z.uuid(),
    as: z.enum(['delivered', 'cancelled']),
    order: z.array(z.uuid()).max(MOST_AT_ONCE).default([]),
  }),
  permission: 'orders:place',
  restaurant: ({ restaurant }) => restaurant,
  run: async (scope, { restaurant, id, as, order: orderIds }) => {
    if (orderIds.length === 0) return { ok: false, reason: 'nothing_chosen' } as const
    const bumping = await requireRestaurant(restaurant, 'tickets:bump')
    const { refused } = await settleLeftOpen(database(), Object.assign({}, scope, bumping), {
      orderIds,
      as,
      key: id,
    })
    refresh()
    if (refused.length > 0) return { ok: false, reason: 'refused', tickets: refused.length } as const
    return { ok: true } as const
  },
  words: {
    nothing_chosen: 'No ticket is chosen. Tick those that you mean.',
    refused: ({ tickets }) =>
      `${tickets === 1 ? 'One ticket' : `${tickets} tickets`} could not be ended so: open it to see why, such as stock that is missing here.`,
  },
})
