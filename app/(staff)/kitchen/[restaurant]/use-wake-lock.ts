'use client'

import { useEffect } from 'react'

/** Keeps the screen on while the wall is to be seen, where the browser lets it: over https, or on the machine itself. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null
    let isOver = false
    const request = async () => {
      if (document.hidden || !('wakeLock' in navigator)) return
      // Refused to save a battery, for instance: the screen is then as it would be without.
      const got = await navigator.wakeLock.request('screen').catch(() => null)
      if (isOver) await got?.release()
      else lock = got
    }
    request()
    // The browser takes it back whenever the page is hidden.
    document.addEventListener('visibilitychange', request)
    return () => {
      isOver = true
      document.removeEventListener('visibilitychange', request)
      lock?.release()
    }
  }, [])
}
