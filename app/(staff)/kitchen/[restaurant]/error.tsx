'use client'

import { useEffect } from 'react'
import { ErrorNotice } from '@/app/_ui/error-notice'

const AGAIN_MS = 10_000

/** Nobody stands at a wall with a keyboard, so it tries again by itself. */
export default function WallError(props: { error: unknown; retry: () => void }) {
  useEffect(() => {
    const timer = setTimeout(() => location.reload(), AGAIN_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <main data-theme="dark" className="min-h-dvh bg-paper">
      <ErrorNotice {...props} />
      <p className="text-center text-muted">This screen tries again by itself every 10 seconds.</p>
    </main>
  )
}
