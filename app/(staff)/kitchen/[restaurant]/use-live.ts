'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import { createLiveStore, type Live, type LiveInitial } from './live-store'

/**
 * A restaurant's wall as it is now, beginning with what the page was rendered with. What was told once stays when the
 * contact is lost: `lastContact` says how old it is.
 */
export function useLive(slug: string, initial: LiveInitial): Live {
  const [store] = useState(() => createLiveStore(`/api/kitchen/${slug}/events`, initial))
  const live = useSyncExternalStore(store.subscribe, store.getState, store.getState)

  useEffect(() => store.offer(initial), [store, initial])

  useEffect(() => {
    const retry = () => {
      if (!document.hidden) store.retryNow()
    }
    const stop = store.start()
    window.addEventListener('online', retry)
    document.addEventListener('visibilitychange', retry)
    return () => {
      stop()
      window.removeEventListener('online', retry)
      document.removeEventListener('visibilitychange', retry)
    }
  }, [store])

  return live
}
