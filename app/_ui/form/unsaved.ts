'use client'

import { type RefObject, useEffect, useState } from 'react'
import type { FormValues } from '@/domain/form-values'

/** Never kept: what nobody else may read on a shared computer, and what text can't hold. */
export const typedValues = (form: HTMLFormElement): FormValues =>
  Object.fromEntries(
    [...new FormData(form)].filter(
      (entry): entry is [string, string] =>
        typeof entry[1] === 'string' && !entry[0].startsWith('$') && !/password/i.test(entry[0]),
    ),
  )

const KEEP_AFTER_MS = 300

/**
 * What is typed and not saved: asked about before the page is left, and kept in this tab, so that it can be put back
 * after a sign-in that ran out, a reload or a step back.
 */
export function useUnsaved(form: RefObject<HTMLFormElement | null>, storageKey: string) {
  const [kept, setKept] = useState<FormValues | null>(null)

  useEffect(() => {
    const text = sessionStorage.getItem(storageKey)
    if (text) setKept(JSON.parse(text) as FormValues)
  }, [storageKey])

  useEffect(() => {
    const element = form.current
    if (!element) return
    let saved = JSON.stringify(typedValues(element))
    let timer: ReturnType<typeof setTimeout> | undefined
    const isDirty = () => JSON.stringify(typedValues(element)) !== saved
    const keep = () => {
      clearTimeout(timer)
      if (isDirty()) sessionStorage.setItem(storageKey, JSON.stringify(typedValues(element)))
      else sessionStorage.removeItem(storageKey)
    }
    const keepSoon = () => {
      clearTimeout(timer)
      timer = setTimeout(keep, KEEP_AFTER_MS)
    }
    const onSaved = () => {
      clearTimeout(timer)
      saved = JSON.stringify(typedValues(element))
      sessionStorage.removeItem(storageKey)
      setKept(null)
    }
    const onUnload = (event: BeforeUnloadEvent) => {
      if (timer) keep()
      if (isDirty()) event.preventDefault()
    }
    const onClick = (event: MouseEvent) => {
      if (!leavesPage(event) || !isDirty()) return
      keep()
      if (confirm('Leave without saving? What you typed stays in this tab, and can be put back here.')) return
      event.preventDefault()
      event.stopPropagation()
    }
    element.addEventListener('input', keepSoon)
    element.addEventListener(CHANGED, keepSoon)
    element.addEventListener(SAVED, onSaved)
    window.addEventListener('beforeunload', onUnload)
    // Before Next's links, which would go at once.
    document.addEventListener('click', onClick, true)
    return () => {
      if (timer) keep()
      element.removeEventListener('input', keepSoon)
      element.removeEventListener(CHANGED, keepSoon)
      element.removeEventListener(SAVED, onSaved)
      window.removeEventListener('beforeunload', onUnload)
      document.removeEventListener('click', onClick, true)
    }
  }, [form, storageKey])

  const forget = () => {
    sessionStorage.removeItem(storageKey)
    setKept(null)
  }
  return { kept, forget }
}

/** A form's own events: something changed that no field tells of (a row was moved), and all of it was saved. */
export const CHANGED = 'brigade:changed'
export const SAVED = 'brigade:saved'

function leavesPage(event: MouseEvent): boolean {
  if (event.defaultPrevented || event.button !== 0) return false
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null
  if (!(link instanceof HTMLAnchorElement) || link.target === '_blank' || link.hasAttribute('download'))
    return false
  return (
    link.pathname !== location.pathname || link.search !== location.search || link.origin !== location.origin
  )
}
