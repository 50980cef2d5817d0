'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { StatusMark } from './status-mark'

/** So many pictures may fail to come before it is said. */
const MISSED = 3

/**
 * Renders the page anew every so many seconds while somebody looks at it, and says so when no new picture comes.
 * @param stamp changes with every picture
 */
export function Refresh({ stamp, seconds }: { stamp: number; seconds: number }) {
  const router = useRouter()
  const [isStale, setIsStale] = useState(false)

  useEffect(() => {
    const refresh = () => {
      if (document.visibilityState === 'visible') router.refresh()
    }
    const timer = setInterval(refresh, seconds * 1000)
    document.addEventListener('visibilitychange', refresh)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', refresh)
    }
  }, [router, seconds])

  // biome-ignore lint/correctness/useExhaustiveDependencies: every new picture begins the wait for the next one
  useEffect(() => {
    setIsStale(false)
    const timer = setTimeout(
      () => setIsStale(document.visibilityState === 'visible'),
      MISSED * seconds * 1000,
    )
    return () => clearTimeout(timer)
  }, [stamp, seconds])

  if (isStale) return <StatusMark tone="amber">no answer for {MISSED * seconds} s</StatusMark>
  return <p className="text-muted print:hidden">refreshes every {seconds} s</p>
}
