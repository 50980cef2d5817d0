'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { currentPerson } from '@/app/_server/session'
import { transferStock } from '@/db/mutations/stock-transfers'
import { findIngredientsByName } from '@/db/queries/stocked-ingredients'
import { restaurantScope } from '@/domain/scope'
import { transferForm } from '@/domain/stock-input'
import { outOfStock } from '../shortage-words'

/** Moves goods to another restaurant of the same person: both sides, or none. */
export const transfer = defineAction({
  name: 'stock.transfer',
  input: transferForm.extend({ restaurant: z.string(), to: z.string() }),
  permission: 'stock:write',
  restaurant: ({ restaurant }) => restaurant,
  run: async (from, { to: slug, id, note, lines: typed }) => {
    const person = await currentPerson()
    const to = person && restaurantScope(person, slug, 'stock:write')
    if (!to) return { ok: false, reason: 'no_target', field: 'to' } as const
    const names = typed.map((row) => row?.ingredient ?? '')
    const found = await findIngredientsByName(database(), from, { names })
    const lines: { ingredientId: number; quantity: string }[] = []
    for (const [place, row] of typed.entries()) {
      if (row === null) continue
      const ingredientId = found[place]?.ingredientId
      const field = `lines.${place}.ingredient`
      if (ingredientId === undefined) return { ok: false, reason: 'unknown_name', field } as const
      if (lines.some((line) => line.ingredientId === ingredientId))
        return { ok: false, reason: 'twice', field } as const
      lines.push({ ingredientId, quantity: row.quantity })
    }
    const answer = await transferStock(database(), from, to, { id, note, lines })
    if (!answer.ok) return answer
    refresh()
    return { ok: true, target: to.restaurant.name } as const
  },
  words: {
    no_target: 'Choose one of your restaurants.',
    unknown_name: 'No ingredient has this name. Choose one of the list.',
    twice: 'This ingredient stands above already. Put both amounts into one row.',
    unknown_ingredient: 'One of these ingredients is not there any more. Reload the page.',
    same_restaurant: 'Choose another restaurant than this one.',
    out_of_stock: (failure) => outOfStock(failure),
  },
})
