'use client'

import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from 'react'

type Hidden = { before: number; after: number }

const useBrowserLayoutEffect = typeof window === 'undefined' ? useEffect : useLayoutEffect

/** How many tickets lie outside of the list's visible part, before and after it. */
export function useHiddenTickets(list: RefObject<HTMLElement | null>): Hidden {
  const [hidden, setHidden] = useState<Hidden>({ before: 0, after: 0 })

  const measure = useCallback(() => {
    if (!list.current) return
    const view = list.current.getBoundingClientRect()
    const counted = { before: 0, after: 0 }
    for (const ticket of list.current.children) {
      const { left, right } = ticket.getBoundingClientRect()
      const middle = (left + right) / 2
      if (middle < view.left) counted.before++
      else if (middle > view.right) counted.after++
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
