'use client'

import { useRouter } from 'next/navigation'
import type { MouseEvent } from 'react'

/**
 * For a table's `onClick`: makes of a plain press on one of its plain links a step within the app, as `Link` does for each
 * by itself. On the server a `Link` takes as long as the rest of its row, so rows have none. A link with
 * `data-keeps-place` leaves the page scrolled as it is.
 */
export function useRowLinks(): (event: MouseEvent<HTMLElement>) => void {
  const router = useRouter()
  return (event) => {
    const { button, metaKey, ctrlKey, shiftKey, altKey } = event
    // Those open tabs and windows, or save.
    if (event.defaultPrevented || button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return
    const link = (event.target as Element).closest('a')
    // Not a telephone number or an address either.
    if (!link || link.origin !== location.origin) return
    event.preventDefault()
    router.push(link.href, { scroll: !link.hasAttribute('data-keeps-place') })
  }
}
