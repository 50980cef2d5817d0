'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { StatusMark } from '@/app/_ui/status-mark'

const EVERY_MS = 5000
const STALE_MS = 15_000

/**
 * Renders the page anew every five seconds while somebody looks at it, and says so when no new picture comes.
 * @param stamp changes with every picture
 */
export function Refresh({ stamp }: { stamp: number }) {
  const router = useRouter()
  const [isStale, setIsStale] = useState(false)

  useEffect(() => {
    const refresh = () => {
      if (document.visibilityState === 'visible') router.refresh()
    }
    const timer = setInterval(refresh, EVERY_MS)
    document.addEventListener('visibilitychange', refresh)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', refresh)
    }
  }, [router])

  // biome-ignore lint/correctness/useExhaustiveDependencies: every new picture begins the wait for the next one
  useEffect(() => {
    setIsStale(false)
    const timer = setTimeout(() => setIsStale(document.visibilityState === 'visible'), STALE_MS)
    return () => clearTimeout(timer)
  }, [stamp])

  if (isStale) return <StatusMark tone="amber">no answer for 15 s</StatusMark>
  return <p className="text-muted">refreshes every 5 s</p>
}
