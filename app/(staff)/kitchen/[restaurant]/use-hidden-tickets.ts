'use client'

import { type RefObject, useCallback, useState } from 'react'
import { useMeasure } from './use-measure'

type Hidden = { before: number; after: number }

/** How many tickets lie outside of the list's visible part, before and after it. One that is cut in half counts. */
export function useHiddenTickets(list: RefObject<HTMLElement | null>): Hidden {
  const [hidden, setHidden] = useState<Hidden>({ before: 0, after: 0 })

  const measure = useCallback(() => {
    if (!list.current) return
    const view = list.current.getBoundingClientRect()
    const counted = { before: 0, after: 0 }
    for (const ticket of list.current.querySelectorAll('[data-ticket]')) {
      const { left, right } = ticket.getBoundingClientRect()
      if (left < view.left - 1) counted.before++
      else if (right > view.right + 1) counted.after++
    }
    setHidden((last) => (last.before === counted.before && last.after === counted.after ? last : counted))
  }, [list])

  useMeasure(list, measure)
  return hidden
}
