'use client'

import Search from 'lucide-react/icons/search'
import { lazy, Suspense, useEffect, useState } from 'react'
import { RAIL_BUTTON } from '@/app/_ui/nav-rail'

/** Fetched when it is first asked for, so that no page carries it. */
const PaletteDialog = lazy(() => import('./palette-dialog'))

const LABEL = 'Go to anything (Ctrl or ⌘ and K)'

declare global {
  interface Window {
    /** How often it was asked for before the page was alive. */
    paletteAsked?: number
  }
}

/**
 * Runs as the page arrives, until the page is alive: else the browser would take the keys for its own, and the press on
 * the button would be lost.
 */
const LISTEN_EARLY = `document.onkeydown=e=>{(e.metaKey||e.ctrlKey)&&!e.altKey&&!e.shiftKey&&e.key.toLowerCase()=="k"&&(e.preventDefault(),e.repeat||(window.paletteAsked=-~window.paletteAsked))};document.onclick=e=>{e.target.closest("[data-palette]")&&(window.paletteAsked=1)}`

/** The button that opens the palette, and the keys that do. @param nonce of the page's scripts */
export function Palette({ nonce }: { nonce: string | undefined }) {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    document.onkeydown = null
    document.onclick = null
    // Asked for twice means to close it again.
    setOpen((window.paletteAsked ?? 0) % 2 === 1)
    window.paletteAsked = 0
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
      <script
        nonce={nonce}
        // Only the server's runs; React warns of any other in development.
        type={typeof window === 'undefined' ? 'text/javascript' : 'text/plain'}
        suppressHydrationWarning
        // biome-ignore lint/security/noDangerouslySetInnerHtml: it is a constant
        dangerouslySetInnerHTML={{ __html: LISTEN_EARLY }}
      />
      <button
        type="button"
        className={RAIL_BUTTON}
        aria-label={LABEL}
        title={LABEL}
        aria-haspopup="dialog"
        data-palette=""
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
