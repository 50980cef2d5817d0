'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { defineAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import * as counts from '@/db/mutations/stock-counts'
import { countInput, countLines } from '@/domain/stock-input'
import { STORAGE_AREAS } from '@/domain/vocabulary'

const at = { restaurant: z.string() }
const which = z.object({ ...at, countId: z.uuid() })
const GONE = 'There is no such count. Go back to the list of counts.'

/** Begins a count and leads to its sheet. */
export const startCount = defineAction({
  name: 'stock.start_count',
  input: countInput.extend({
    ...at,
    storageArea: z.union([z.literal('').transform(() => null), z.enum(STORAGE_AREAS)]),
    isBlind: z.enum(['yes', 'no']).transform((answer) => answer === 'yes'),
  }),
  permission: 'stock:write',
  restaurant: ({ restaurant }) => restaurant,
  run: async (scope, input) => {
    const answer = await counts.startCount(database(), scope, input)
    if (answer.ok) redirect(`/inventory/${scope.restaurant.slug}/counts/${input.id}`)
    return answer
  },
  words: { already_counting: 'Somebody counts there already. Go on with that count.' },
})

/** Saves what was found: as it is typed, or the whole sheet at once. */
export const saveLines = defineAction({
  name: 'stock.count_lines',
  input: countLines.extend(at),
  permission: 'stock:write',
  restaurant: ({ restaurant }) => restaurant,
  run: (scope, input) => counts.saveCountLines(database(), scope, input),
  words: { not_open: 'This count was posted or dropped meanwhile. Begin another one for what is missing.' },
})

/** Posts what was found, and shows it. */
export const postCount = defineAction({
  name: 'stock.post_count',
  input: which,
  permission: 'stock:write',
  restaurant: ({ restaurant }) => restaurant,
  run: async (scope, { countId }) => {
    const answer = await counts.postCount(database(), scope, { countId })
    if (answer.ok) redirect(`/inventory/${scope.restaurant.slug}/counts/${countId}`)
    return answer
  },
  words: {
    not_found: GONE,
    dropped: 'Somebody dropped this count, so nothing of it is posted.',
    nothing_counted: 'Nothing is counted yet.',
    count_again: (failure) => countAgain(failure),
  },
})

function countAgain({ ingredients }: { ingredients: { name: string }[] }): string {
  const names = ingredients.map(({ name }) => name).join(', ')
  return `So much was sold meanwhile that stock would fall below zero: ${names}. Count that again, then post.`
}

/** Gives a count up. */
export const dropCount = defineAction({
  name: 'stock.drop_count',
  input: which,
  permission: 'stock:write',
  restaurant: ({ restaurant }) => restaurant,
  run: async (scope, { countId }) => {
    const answer = await counts.dropCount(database(), scope, { countId })
    if (answer.ok) redirect(`/inventory/${scope.restaurant.slug}/counts`)
    return answer
  },
  words: { not_found: GONE, posted: 'Somebody posted this count. It can’t be dropped any more.' },
})
