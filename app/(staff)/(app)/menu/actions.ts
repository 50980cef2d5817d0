'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { eightySix, unEightySix } from '@/db/mutations/menu'
import { endOfBusinessDay } from '@/domain/business-day'

/** One button of the form is one dish and what is to become of it: `"off 12 Tagliata"`, `"back 12 Tagliata"`. */
const input = z.object({
  restaurant: z.string(),
  lasts: z.enum(['closing', 'further_notice']),
  move: z
    .string()
    .regex(/^(off|back) [1-9]\d{0,8} ./)
    .transform((text) => {
      const [word, id, ...name] = text.split(' ')
      return { off: word === 'off', menuItemId: Number(id), name: name.join(' ') }
    }),
})

/** 86es a dish in one restaurant, or puts it back. The answer repeats which, so that it can be told and undone. */
export const switchDish = defineAction({
  name: 'menu_item.switch',
  input,
  permission: 'menu:eighty_six',
  restaurant: (form) => form.restaurant,
  run: async (scope, { move, lasts }) => {
    const { menuItemId } = move
    const { timeZone, dayCutoff } = scope.restaurant
    const until = lasts === 'closing' ? endOfBusinessDay(new Date(), timeZone, dayCutoff) : null
    const done = move.off
      ? await eightySix(database(), scope, { menuItemId, until })
      : await unEightySix(database(), scope, { menuItemId })
    if (!done.ok) return done
    refresh()
    return { ok: true, move, until: move.off ? until : null } as const
  },
  words: {
    unknown_dish: 'This dish is not on the chain’s menu any more. Reload the page.',
    already_over: 'The trading day ended just now. Press it again to 86 the dish until the next closing.',
  },
})
