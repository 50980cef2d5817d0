'use client'

import { createContext, type ReactNode, use, useEffect, useRef, useState, useSyncExternalStore } from 'react'

const Now = createContext(0)

/**
 * Gives what is inside the server's time, second by second. A screen's own clock may be wrong by hours, so it only
 * counts on from the newest `at` that the server told. Each answer was under way for a while, so of all differences
 * between the two clocks the largest is the truest.
 */
export function Clock({ at, children }: { at: number; children: ReactNode }) {
  const [now, setNow] = useState(at)
  const ahead = useRef(Number.NEGATIVE_INFINITY)

  useEffect(() => {
    ahead.current = Math.max(ahead.current, at - performance.now())
  }, [at])

  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now() + ahead.current), 1000)
    return () => clearInterval(timer)
  }, [])

  return <Now value={Math.max(now, at)}>{children}</Now>
}

/** The server's time in milliseconds since 1970. Whoever uses it is rendered again every second. */
export const useNow = (): number => use(Now)

/** False on the server and while hydrating: nothing ticks in a page that has no JavaScript. */
export const useIsLive = (): boolean => useSyncExternalStore(neverChanges, yes, no)

const neverChanges = () => () => {}
const yes = () => true
const no = () => false

/** Kitchens read 24 hours; a fixed form also lets server and browser write the same. */
export const localTime = (at: number, timeZone: string, withSeconds = false): string =>
  new Date(at).toLocaleTimeString('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    ...(withSeconds && { second: '2-digit' }),
  })
