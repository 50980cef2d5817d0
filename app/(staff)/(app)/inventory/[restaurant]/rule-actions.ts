'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { saveStockRule } from '@/db/mutations/stock-rules'
import { formatQuantity } from '@/domain/quantity'
import { stockRule } from '@/domain/stock-input'

/** From which amount on a restaurant is warned of an ingredient, and up to which it orders. */
export const saveRule = defineAction({
  name: 'stock.rule',
  input: stockRule.safeExtend({ restaurant: z.string() }),
  permission: 'stock:write',
  restaurant: ({ restaurant }) => restaurant,
  run: async (scope, rule) => {
    const answer = await saveStockRule(database(), scope, rule)
    if (answer.ok) refresh()
    return answer
  },
  words: {
    unknown_ingredient: 'This ingredient is not there any more. Reload the page.',
    changed_meanwhile: (failure) => changedMeanwhile(failure),
  },
})

function changedMeanwhile({ theirs }: { theirs: { minimum: string; par: string } }): string {
  const [minimum, par] = [formatQuantity(theirs.minimum), formatQuantity(theirs.par)]
  return `Somebody else set the minimum to ${minimum} and par to ${par} meanwhile. Yours still stands here: save again to replace theirs.`
}
