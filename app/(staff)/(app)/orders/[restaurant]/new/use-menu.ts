'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { LiveInitial } from '@/app/(staff)/kitchen/[restaurant]/live-store'
import { useLive } from '@/app/(staff)/kitchen/[restaurant]/use-live'
import type { DishToOrder } from '@/db/queries/order-entry'

const thresholds = { amberMinutes: 0, redMinutes: 0 }

/** Nothing is shown of the wall; the stream is only asked what is off the menu. */
const NO_WALL: LiveInitial = {
  seq: 0,
  at: 0,
  tickets: [],
  off: [],
  settings: {
    name: '',
    timeZone: 'UTC',
    autoConfirm: false,
    thresholds: { dine_in: thresholds, takeaway: thresholds, delivery: thresholds },
  },
  day: {
    counts: { pending: 0, confirmed: 0, preparing: 0, ready: 0, delivered: 0, cancelled: 0 },
    revenue: 0,
    averagePrepSeconds: null,
    medianPrepSeconds: null,
    topDishes: [],
    lowStock: 0,
  },
}

/**
 * The menu as it is now: read again as soon as the live stream tells that something about it changed, when the page
 * gets the focus, and when asked. What was known stays while there is no contact; the server has the last word.
 */
export function useMenu(slug: string, initial: DishToOrder[]) {
  const [menu, setMenu] = useState(initial)
  const asked = useRef(0)
  const refresh = useCallback(async () => {
    const turn = ++asked.current
    const response = await fetch(`/orders/${slug}/new/menu`, { cache: 'no-store', redirect: 'manual' }).catch(
      () => null,
    )
    if (!response?.ok) return
    const dishes: DishToOrder[] = await response.json()
    // An older answer that comes late must not undo a newer one.
    if (turn === asked.current) setMenu(dishes)
  }, [slug])

  const live = useLive(slug, NO_WALL)
  const { menuChanges } = live
  const off = JSON.stringify(live.off)
  // biome-ignore lint/correctness/useExhaustiveDependencies: they say when, not what
  useEffect(() => {
    if (menuChanges > 0) void refresh()
  }, [off, menuChanges, refresh])

  useEffect(() => {
    const look = () => {
      if (!document.hidden) void refresh()
    }
    window.addEventListener('focus', look)
    return () => window.removeEventListener('focus', look)
  }, [refresh])

  return { menu, refresh }
}
