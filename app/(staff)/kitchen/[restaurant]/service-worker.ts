'use client'

import { useEffect } from 'react'

const LOCAL = ['localhost', '127.0.0.1', '[::1]']

/**
 * Lets this browser keep the wall's page, so that a reload without contact still shows the last tickets. Browsers offer
 * that over https only, and on the machine itself.
 */
export function useServiceWorker(): void {
  useEffect(() => {
    const isOffered = location.protocol === 'https:' || LOCAL.includes(location.hostname)
    if (!isOffered || !('serviceWorker' in navigator)) return
    navigator.serviceWorker
      .register('/wall-worker.js', { scope: '/kitchen/', updateViaCache: 'none' })
      .then((registration) => {
        // The first load was not the worker's: it has to be told what the page is made of.
        const files = performance
          .getEntriesByType('resource')
          .map(({ name }) => name)
          .filter((name) => name.startsWith(`${location.origin}/_next/static/`))
        const tell = (worker: ServiceWorker | null) =>
          worker?.postMessage({ page: location.href, files: [...new Set(files)] })
        if (navigator.serviceWorker.controller) return
        navigator.serviceWorker.ready.then(() => tell(registration.active))
      })
      // Refused, by a policy or in a private window: the wall works without, but for a reload without contact.
      .catch(() => {})
  }, [])
}
