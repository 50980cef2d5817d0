'use client'

import { useCallback, useEffect, useState } from 'react'
import type { EightySixTerm } from '@/domain/eighty-six'
import type { OffDish } from '@/domain/wall'
import { follow as followSuggestion, putBack, takeOff } from './actions'

export type DishMessage = { text: string; isFailure: boolean; undo: (() => Promise<void>) | null }

const SHOWN_MS = 10_000
const NO_CONTACT = 'No contact, so the menu stays as it was. Do it again when this wall is live.'

/** 86es dishes and puts them back; each with a way back for some seconds. */
export function useDishSwitch(slug: string, off: readonly OffDish[]) {
  const [message, setMessage] = useState<DishMessage | null>(null)

  useEffect(() => {
    if (!message) return
    const timer = setTimeout(() => setMessage(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [message])

  const tell = useCallback(
    async (
      done: Promise<{ ok: true } | { ok: false; message: string }>,
      text: string,
      undo: DishMessage['undo'],
    ): Promise<boolean> => {
      const result = await done.catch(() => ({ ok: false as const, message: NO_CONTACT }))
      setMessage(
        result.ok ? { text, isFailure: false, undo } : { text: result.message, isFailure: true, undo: null },
      )
      return result.ok
    },
    [],
  )

  /** Resolves to whether it was done. */
  const takeOffMenu = useCallback(
    (dish: { id: number; name: string }, lasts: EightySixTerm) =>
      tell(
        takeOff({ restaurant: slug, menuItemId: dish.id, lasts }),
        lasts.until === 'portions' ? countingDown(dish.name, lasts.portions) : `${dish.name} is off.`,
        async () => {
          const back = putBack({ restaurant: slug, menuItemId: dish.id })
          await tell(back, `${dish.name} is on the menu again.`, null)
        },
      ),
    [slug, tell],
  )

  const putBackOnMenu = useCallback(
    (menuItemId: number) => {
      const dish = off.find((one) => one.menuItemId === menuItemId)
      if (!dish) return Promise.resolve(false)
      const undo = async () => {
        const lasts = termOf(dish)
        const text =
          lasts.until === 'portions'
            ? countingDown(dish.name, lasts.portions)
            : `${dish.name} is off as before.`
        await tell(takeOff({ restaurant: slug, menuItemId, lasts }), text, null)
      }
      return tell(putBack({ restaurant: slug, menuItemId }), `${dish.name} is on the menu again.`, undo)
    },
    [slug, off, tell],
  )

  /** Does what stock suggests of a dish, if it still does. */
  const follow = useCallback(
    ({ menuItemId, name }: { menuItemId: number; name: string }, suggests: 'eighty_six' | 'put_back') => {
      const done = followSuggestion({ restaurant: slug, menuItemId, suggests })
      if (suggests === 'put_back') return tell(done, `${name} is on the menu again.`, null)
      return tell(done, `${name} is off.`, async () => {
        await tell(putBack({ restaurant: slug, menuItemId }), `${name} is on the menu again.`, null)
      })
    },
    [slug, tell],
  )

  return { message, takeOffMenu, putBackOnMenu, follow }
}

export type DishSwitch = ReturnType<typeof useDishSwitch>

const countingDown = (name: string, portions: number) => `${name}: ${portions} left to sell.`

const termOf = ({ until, portionsLeft }: OffDish): EightySixTerm => {
  if (portionsLeft) return { until: 'portions', portions: portionsLeft }
  return until === null ? { until: 'further_notice' } : { until: 'instant', at: until }
}
