'use client'

import { type RefObject, useEffect, useRef } from 'react'

/** Time to see that another ticket now stands where one is about to press. */
const SETTLE_MS = 500

/**
 * Keys 1 to 9 press the bump button that shows the digit. When a ticket leaves, the others move up; a press that was
 * meant for the one that stood there until just now does nothing.
 */
export function useBumpKeys(wall: RefObject<HTMLElement | null>, ticketIds: readonly string[]): void {
  const settled = useRef(ticketIds)
  const order = ticketIds.slice(0, 9).join(' ')

  useEffect(() => {
    const timer = setTimeout(() => {
      settled.current = order.split(' ')
    }, SETTLE_MS)
    return () => clearTimeout(timer)
  }, [order])

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) return
      const button = wall.current?.querySelector<HTMLButtonElement>(`[data-bump-key="${event.key}"]`)
      const id = button?.closest<HTMLElement>('[data-ticket]')?.dataset.ticket
      const stood = settled.current[Number(event.key) - 1]
      if (stood === undefined || stood === id) button?.click()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [wall])
}
