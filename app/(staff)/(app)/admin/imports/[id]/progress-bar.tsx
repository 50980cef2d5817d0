'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'

type Progress = { words: string; share: number }

const EVERY_MS = 700

/** How far an import is, asked for again and again; without JavaScript the page reloads itself. */
export function ProgressBar({ importId, begun }: { importId: number; begun: Progress }) {
  const [progress, setProgress] = useState(begun)
  const router = useRouter()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    let isGone = false
    const ask = async () => {
      const response = await fetch(`/admin/imports/${importId}/progress`).catch(() => null)
      if (isGone) return
      const next = response?.ok ? ((await response.json()) as Progress | null) : undefined
      if (next === null) return router.refresh()
      if (next) setProgress(next)
      timer = setTimeout(ask, EVERY_MS)
    }
    timer = setTimeout(ask, EVERY_MS)
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [importId, router])
  const percent = Math.min(100, Math.round(progress.share * 100))
  return (
    <div className="grid gap-2 border-y border-line py-4">
      <noscript>
        <meta httpEquiv="refresh" content="2" />
      </noscript>
      <p id="progress">{progress.words}</p>
      <div
        role="progressbar"
        aria-labelledby="progress"
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        className="h-2 max-w-xl overflow-hidden rounded-full bg-wash"
      >
        <div className="h-full bg-accent transition-[width]" style={{ width: `${percent}%` }} />
      </div>
    </div>
  )
}
