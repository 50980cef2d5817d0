'use client'

import { type RefObject, useEffect, useRef } from 'react'

/** Time to see that another ticket now stands where one is about to press. */
const SETTLE_MS = 500

/**
 * Keys 1 to 9 press the button that shows the digit. When a ticket leaves, the others move up; a press that was meant
 * for the one that stood there until just now does nothing.
 */
export function useBumpKeys(wall: RefObject<HTMLElement | null>, ids: readonly string[]): void {
  const settled = useRef(ids)
  const order = ids.slice(0, 9).join(' ')

  useEffect(() => {
    const timer = setTimeout(() => {
      settled.current = order.split(' ')
    }, SETTLE_MS)
    return () => clearTimeout(timer)
  }, [order])

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) return
      if (isElsewhere(event.target)) return
      const button = wall.current?.querySelector<HTMLButtonElement>(`[data-bump-key="${event.key}"]`)
      const id = button?.closest<HTMLElement>('[data-place]')?.dataset.place
      const stood = settled.current[Number(event.key) - 1]
      if (!stood || stood === id) button?.click()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [wall])
}

/** A digit that is typed, or meant for a dialog, is no bump. */
const isElsewhere = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, select, textarea, dialog') !== null
