'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { logWaste } from '@/db/mutations/waste'
import { findIngredientsByName } from '@/db/queries/stocked-ingredients'
import { formatQuantity } from '@/domain/quantity'
import { wasteForm } from '@/domain/stock-input'
import { outOfStock } from '../shortage-words'

/** Writes off what was thrown away, and says what that was. */
export const writeOff = defineAction({
  name: 'stock.waste',
  input: wasteForm.extend({ restaurant: z.string() }),
  permission: 'stock:write',
  restaurant: ({ restaurant }) => restaurant,
  run: async (scope, { ingredient, ...entry }) => {
    const [found] = await findIngredientsByName(database(), scope, { names: [ingredient] })
    if (!found) return { ok: false, reason: 'unknown_ingredient', field: 'ingredient' } as const
    const answer = await logWaste(database(), scope, { ...entry, ingredientId: found.ingredientId })
    if (!answer.ok) return answer
    refresh()
    return { ok: true, what: `${formatQuantity(entry.quantity, found.unit)} of ${found.name}` } as const
  },
  words: {
    unknown_ingredient: 'No ingredient has this name. Choose one of the list.',
    out_of_stock: (failure) => outOfStock(failure),
  },
})
