'use client'

import Search from 'lucide-react/icons/search'
import { lazy, Suspense, useEffect, useState } from 'react'
import { RAIL_BUTTON } from '@/app/_ui/nav-rail'

/** Fetched when it is first asked for, so that no page carries it. */
const PaletteDialog = lazy(() => import('./palette-dialog'))

const LABEL = 'Go to anything (Ctrl or ⌘ and K)'

/** The button that opens the palette, and the keys that do. */
export function Palette() {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return
      if (event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      if (!event.repeat) setOpen((open) => !open)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return (
    <>
      <button
        type="button"
        className={RAIL_BUTTON}
        aria-label={LABEL}
        title={LABEL}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <Search size={18} aria-hidden />
      </button>
      {isOpen ? (
        <Suspense fallback={null}>
          <PaletteDialog onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
