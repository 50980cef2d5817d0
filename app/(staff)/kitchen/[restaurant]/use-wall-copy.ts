'use client'

import { useEffect, useState } from 'react'
import type { Live, LiveInitial } from './live-store'
import { read, write } from './storage'

const keyOf = (slug: string) => `brigade:wall:${slug}`
const KEEP_AFTER_MS = 500

/** What the page was rendered with, or what this browser saw last, where that is newer: a page kept for times without contact. */
export function useNewestCopy(slug: string, rendered: LiveInitial): LiveInitial {
  const [kept, setKept] = useState<LiveInitial | null>(null)
  useEffect(() => setKept(read<LiveInitial>(keyOf(slug))), [slug])
  return kept && kept.at > rendered.at ? kept : rendered
}

/** Keeps what the wall shows, shortly after it changed. */
export function useKeptCopy(slug: string, live: Live): void {
  useEffect(() => {
    const { seq, tickets, off, settings, day, lastContact } = live
    const copy: LiveInitial = { seq, at: lastContact, tickets: [...tickets], off: [...off], settings, day }
    const timer = setTimeout(() => write(keyOf(slug), copy), KEEP_AFTER_MS)
    return () => clearTimeout(timer)
  }, [slug, live])
}
