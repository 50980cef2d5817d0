'use client'

import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from 'react'

type Hidden = { before: number; after: number }

const useBrowserLayoutEffect = typeof window === 'undefined' ? useEffect : useLayoutEffect

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

  // Whatever was rendered may have moved the rest.
  useBrowserLayoutEffect(measure)

  useEffect(() => {
    const element = list.current
    if (!element) return
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [list, measure])

  return hidden
}
