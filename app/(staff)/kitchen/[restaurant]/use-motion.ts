'use client'

import { type RefObject, useLayoutEffect, useRef } from 'react'

const DURATION_MS = 160

const useBrowserLayoutEffect = typeof window === 'undefined' ? () => {} : useLayoutEffect

/** Lets tickets that moved slide from where they were, so that the eye follows; none with reduced motion. */
export function useMotion(list: RefObject<HTMLElement | null>, order: string): void {
  const places = useRef(new Map<string, { x: number; y: number }>())
  const lastOrder = useRef(order)

  // Every time, to know where they were; moved only where the order changed, not where a line was ticked.
  useBrowserLayoutEffect(() => {
    const element = list.current
    if (!element) return
    const moves = lastOrder.current !== order && !matchMedia('(prefers-reduced-motion: reduce)').matches
    lastOrder.current = order
    const before = places.current
    places.current = new Map()
    for (const ticket of element.querySelectorAll<HTMLElement>(':scope > [data-place]')) {
      const id = ticket.dataset.place ?? ''
      const { left, top } = ticket.getBoundingClientRect()
      const place = { x: left + element.scrollLeft, y: top + element.scrollTop }
      places.current.set(id, place)
      const was = before.get(id)
      const isAway = was && (was.x !== place.x || was.y !== place.y)
      if (!moves || !isAway) continue
      const from = `translate(${was.x - place.x}px, ${was.y - place.y}px)`
      ticket.animate([{ transform: from }, { transform: 'none' }], {
        duration: DURATION_MS,
        easing: 'cubic-bezier(0.2, 0, 0, 1)',
      })
    }
  })
}
