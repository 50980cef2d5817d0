'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { environment } from '@/app/_server/environment'
import { currentPerson } from '@/app/_server/session'
import { eightySix, unEightySix } from '@/db/mutations/menu'
import { draftOverrides, type ShownOverride, saveOverrides } from '@/db/mutations/overrides'
import { endOfBusinessDay } from '@/domain/business-day'
import { jsonField } from '@/domain/json-field'
import { MOST_PRICE, menuOverrideDocument } from '@/domain/menu-item'
import { parseMoney } from '@/domain/money-input'
import { type Person, restaurantScope } from '@/domain/scope'
import { idSchema, line } from '@/domain/text'

const MOST_RESTAURANTS = 1000

const row = z.object({
  id: idSchema,
  /** What it had of its own when the page was shown, as JSON. */
  shown: jsonField(menuOverrideDocument, 200),
  on: z.literal('on').optional(),
})

const MOVES = ['price', 'chain_price', 'offer', 'withhold', 'chain_offer', '86', 'back'] as const

const input = z
  .object({
    dish: idSchema,
    name: line(200, 'Reload the page.'),
    changes: z.union([z.literal('').transform(() => null), idSchema]).default(null),
    restaurants: z.array(row).max(MOST_RESTAURANTS),
    all: z.literal('on').optional(),
    price: z.string().max(20).default(''),
    lasts: z.enum(['closing', 'further_notice']).default('closing'),
    move: z.enum(MOVES),
  })
  .transform(({ all, restaurants, price, ...rest }, context) => {
    const chosen = all ? restaurants : restaurants.filter(({ on }) => on)
    const cents = rest.move === 'price' ? parseMoney(price, environment().CURRENCY) : null
    if (chosen.length === 0) context.addIssue({ code: 'custom', path: ['restaurants'], message: CHOOSE })
    if (rest.move === 'price' && (cents === null || cents > MOST_PRICE)) {
      context.addIssue({ code: 'custom', path: ['price'], message: 'Write a price, such as 12.50.' })
    }
    return { ...rest, cents, chosen }
  })

const CHOOSE = 'Choose at least one restaurant.'

/** Sets price, availability or an 86 of one dish in the chosen restaurants; live, or price and availability in a change set. */
export const setOverrides = defineAction({
  name: 'menu_override.set',
  input,
  permission: 'menu:edit',
  run: async (scope, { dish, name, changes, chosen, cents, lasts, move }) => {
    const told = { move, count: chosen.length, changeSetId: changes, publicationId: null }
    if (move === '86' || move === 'back') {
      const person = await currentPerson()
      if (!person) return { ok: false, reason: 'gone' } as const
      const done = await switchAll(
        person,
        dish,
        chosen.map(({ id }) => id),
        move === '86' ? lasts : null,
      )
      refresh()
      return done ? ({ ok: true, ...told } as const) : ({ ok: false, reason: 'gone' } as const)
    }
    const restaurants: ShownOverride[] = chosen.map(({ id, shown }) => ({ restaurantId: id, shown }))
    const patch = patchOf(move, cents)
    if (changes !== null) {
      const kept = await draftOverrides(database(), scope, {
        changeSetId: changes,
        menuItemId: dish,
        restaurants,
        patch,
      })
      refresh()
      return kept.ok ? ({ ok: true, ...told } as const) : kept
    }
    const where = `${chosen.length} ${chosen.length === 1 ? 'restaurant' : 'restaurants'}`
    const saved = await saveOverrides(database(), scope, {
      menuItemId: dish,
      name: `${'price' in patch ? 'Price' : 'Availability'} of ${name} in ${where}`.slice(0, 200),
      restaurants,
      patch,
    })
    refresh()
    if (saved.ok) return { ok: true, ...told, publicationId: saved.publicationId } as const
    if (saved.reason === 'conflicts') return { ok: false, reason: 'changed_meanwhile' } as const
    if (saved.reason === 'nothing_to_publish') return { ok: false, reason: 'nothing_to_publish' } as const
    return { ok: false, reason: 'gone' } as const
  },
  words: {
    gone: 'This dish is not there any more. Reload the page.',
    set_closed: 'This change set was published or discarded meanwhile. Reload the page.',
    changed_meanwhile:
      'Somebody changed one of these meanwhile, so nothing was set. Look at the values as they are now, then set it again.',
    nothing_to_publish: 'They have that already, so nothing was changed.',
  },
})

function patchOf(move: Exclude<(typeof MOVES)[number], '86' | 'back'>, cents: number | null) {
  switch (move) {
    case 'price':
      return { price: cents }
    case 'chain_price':
      return { price: null }
    case 'chain_offer':
      return { isAvailable: null }
    default:
      return { isAvailable: move === 'offer' }
  }
}

/** 86es a dish in each restaurant, or puts it back where `lasts` is null. False where there is no such dish. */
async function switchAll(
  person: Person,
  menuItemId: number,
  restaurantIds: readonly number[],
  lasts: 'closing' | 'further_notice' | null,
): Promise<boolean> {
  for (const { id, slug, timeZone, dayCutoff } of person.restaurants) {
    const kitchen = restaurantIds.includes(id) ? restaurantScope(person, slug, 'menu:eighty_six') : null
    if (!kitchen) continue
    const until = lasts === 'closing' ? endOfBusinessDay(new Date(), timeZone, dayCutoff) : null
    const done =
      lasts === null
        ? await unEightySix(database(), kitchen, { menuItemId })
        : await eightySix(database(), kitchen, { menuItemId, until })
    if (!done.ok && done.reason === 'unknown_dish') return false
  }
  return true
}
