'use server'

import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { defineAction, defineWallAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { refusalMessage } from '@/app/api/kitchen/[restaurant]/moves/words'
import { eightySix, setCountdown, unEightySix } from '@/db/mutations/menu'
import { followSuggestion } from '@/db/mutations/stock-suggestions'
import { applyMove } from '@/db/mutations/wall-moves'
import { endOfBusinessDay } from '@/domain/business-day'
import { eightySixTerm } from '@/domain/eighty-six'
import { wallMove } from '@/domain/wall'
import { FOLLOW_WORDS } from '../../(app)/inventory/eighty-six/words'

/** A press of the wall's form, where no script sends it: one button is one move, as JSON. */
export const pressInForm = defineWallAction({
  name: 'ticket.press',
  input: z.object({ restaurant: z.string(), move: z.string().max(500).transform(parseJson).pipe(wallMove) }),
  restaurant: (press) => press.restaurant,
  run: (scope, { move }) => applyMove(database(), scope, { id: uuidv7(), move }),
  words: {
    not_found: (failure) => refusalMessage(failure),
    already_moved: (failure) => refusalMessage(failure),
    not_allowed: (failure) => refusalMessage(failure),
    line_gone: (failure) => refusalMessage(failure),
    out_of_stock: (failure) => refusalMessage(failure),
  },
})

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const dish = { restaurant: z.string(), menuItemId: z.int().min(1).max(2_147_483_647) }

const UNKNOWN_DISH = 'This dish is not on the chain’s menu any more. Reload this screen.'

/** 86es a dish from the wall, or begins to count down what is left of it. */
export const takeOff = defineAction({
  name: 'wall.take_off',
  input: z.object({
    ...dish,
    lasts: eightySixTerm,
  }),
  permission: 'menu:eighty_six',
  restaurant: (input) => input.restaurant,
  run: (scope, { menuItemId, lasts }) => {
    const { timeZone, dayCutoff } = scope.restaurant
    switch (lasts.until) {
      case 'further_notice':
        return eightySix(database(), scope, { menuItemId, until: null })
      case 'closing':
        return eightySix(database(), scope, {
          menuItemId,
          until: endOfBusinessDay(new Date(), timeZone, dayCutoff),
        })
      case 'instant':
        return eightySix(database(), scope, { menuItemId, until: new Date(lasts.at) })
      case 'portions':
        return setCountdown(database(), scope, { menuItemId, portions: lasts.portions })
    }
  },
  words: {
    unknown_dish: UNKNOWN_DISH,
    already_over: 'The trading day ended just now. Press it again to 86 the dish until the next closing.',
  },
})

/** Puts a dish back on the menu, and ends its countdown. */
export const putBack = defineAction({
  name: 'wall.put_back',
  input: z.object(dish),
  permission: 'menu:eighty_six',
  restaurant: (input) => input.restaurant,
  run: (scope, { menuItemId }) => unEightySix(database(), scope, { menuItemId }),
  words: {
    unknown_dish: UNKNOWN_DISH,
    already_over: UNKNOWN_DISH,
  },
})

/** Does what stock suggests of a dish. The wall hears of it as of everything else, so its page is not made again. */
export const follow = defineAction({
  name: 'wall.follow_suggestion',
  input: z.object({ ...dish, suggests: z.enum(['eighty_six', 'put_back']) }),
  permission: 'menu:eighty_six',
  restaurant: (input) => input.restaurant,
  run: (scope, { menuItemId, suggests }) => followSuggestion(database(), scope, { menuItemId, suggests }),
  words: FOLLOW_WORDS,
})
