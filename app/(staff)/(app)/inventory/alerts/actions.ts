'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { defineAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { answerAlert } from '@/db/mutations/stock-alerts'
import { idSchema, line } from '@/domain/text'

const DAY = 86_400_000

const answerForm = z.object({
  restaurantId: idSchema,
  ingredientId: idSchema,
  reason: line(300, 'Say why it may wait: others see it.'),
  /** For how many days; nothing: until stock has recovered. */
  days: z.union([z.literal('').transform(() => null), z.coerce.number().int().min(1).max(60)]),
  /** The list that one came from. */
  back: z.string().regex(/^\/inventory\/alerts(\?[\w=&-]{0,300})?$/),
  /** Said by a form that is alive: it goes back itself, and its page and the navigation are made anew. */
  scripted: z.string().optional(),
})

/** Says of an alert that it may wait, and why. */
export const answerStockAlert = defineAction({
  name: 'stock.answer_alert',
  input: answerForm,
  permission: 'stock:write',
  run: async (scope, { back, days, scripted, ...alert }) => {
    const until = days === null ? null : new Date(Date.now() + days * DAY)
    const answered = await answerAlert(database(), scope, { ...alert, until })
    if (!answered.ok) return answered
    if (!scripted) redirect(back)
    refresh()
    return { ok: true, to: back } as const
  },
  words: {
    no_alert: 'There is no alert any more: stock has recovered. Go back to the list.',
    already_over: 'That time is over already. Choose a longer one.',
  },
})
