'use client'

import { useCallback, useEffect, useState } from 'react'
import type { WallView } from '@/domain/wall'
import { parseView } from '@/domain/wall-view'

const viewOfUrl = (): WallView => parseView(new URLSearchParams(location.search).get('station'))

/**
 * The view in the URL, changed without asking the server, so that it works without contact too.
 * @param rendered what the page was rendered for: a kept copy of the page may be of another view
 */
export function useView(rendered: WallView): [view: WallView, change: (href: string) => void] {
  const [view, setView] = useState(rendered)

  useEffect(() => {
    const follow = () => setView(viewOfUrl())
    follow()
    window.addEventListener('popstate', follow)
    return () => window.removeEventListener('popstate', follow)
  }, [])

  const change = useCallback((href: string) => {
    window.history.pushState(null, '', href)
    setView(viewOfUrl())
  }, [])

  return [view, change]
}
