'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { followSuggestion as follow } from '@/db/mutations/stock-suggestions'
import { idSchema } from '@/domain/text'
import { FOLLOW_WORDS } from './words'

/** 86es what stock can't make any more, or puts back what it can again: only while that is still so. */
export const followSuggestion = defineAction({
  name: 'stock.follow_suggestion',
  input: z.object({
    restaurant: z.string(),
    menuItemId: idSchema,
    suggests: z.enum(['eighty_six', 'put_back']),
  }),
  permission: 'menu:eighty_six',
  restaurant: ({ restaurant }) => restaurant,
  run: async (scope, { menuItemId, suggests }) => {
    const answer = await follow(database(), scope, { menuItemId, suggests })
    refresh()
    return answer
  },
  words: FOLLOW_WORDS,
})
