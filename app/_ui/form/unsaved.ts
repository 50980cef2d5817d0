'use client'

import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import type { FormValues } from '@/domain/form-values'

/** Never kept: what nobody else may read on a shared computer, and what text can't hold. */
export const typedValues = (form: HTMLFormElement): FormValues =>
  Object.fromEntries(
    [...new FormData(form)].filter(
      (entry): entry is [string, string] =>
        typeof entry[1] === 'string' && !entry[0].startsWith('$') && !/password/i.test(entry[0]),
    ),
  )

/** A form's own event: something changed that no field tells of (a row was moved). */
export const CHANGED = 'brigade:changed'

/** On a link that leaves a form without asking, since one comes back to it. */
export const COMES_BACK = 'data-comes-back'

const KEEP_AFTER_MS = 300

/**
 * What is typed and not saved: asked about before the page is left, and kept in this tab, so that it can be put back
 * after a sign-in that ran out, a reload or a step back. `startsUnsaved`: the fields begin with what a refused post
 * brought back.
 */
export function useUnsaved(
  form: RefObject<HTMLFormElement | null>,
  storageKey: string,
  startsUnsaved: boolean,
) {
  const [kept, setKept] = useState<FormValues | null>(null)
  const saved = useRef<string | null>(null)

  useEffect(() => {
    const element = form.current
    if (!element) return
    saved.current ??= startsUnsaved ? '' : said(beginningOf(element))
    const text = sessionStorage.getItem(storageKey)
    const found = text ? (JSON.parse(text) as FormValues) : null
    if (found && said(found) !== saved.current) setKept(found)
    let timer: ReturnType<typeof setTimeout> | undefined
    let isLeaving = false
    const isDirty = () => said(typedValues(element)) !== saved.current
    const keep = () => {
      clearTimeout(timer)
      timer = undefined
      if (isDirty()) sessionStorage.setItem(storageKey, JSON.stringify(typedValues(element)))
      else sessionStorage.removeItem(storageKey)
    }
    const keepSoon = () => {
      isLeaving = false
      clearTimeout(timer)
      timer = setTimeout(keep, KEEP_AFTER_MS)
    }
    // A form that nobody touched leaves alone what was kept before.
    const keepIfTouched = () => {
      if (timer || isDirty()) keep()
    }
    const onUnload = (event: BeforeUnloadEvent) => {
      keepIfTouched()
      if (!isLeaving && isDirty()) event.preventDefault()
    }
    const onClick = (event: MouseEvent) => {
      const link = leavingLink(event)
      if (!link || !isDirty()) return
      keep()
      isLeaving =
        link.hasAttribute(COMES_BACK) ||
        confirm('Leave without saving? What you typed stays in this tab, and can be put back here.')
      if (isLeaving) return
      event.preventDefault()
      event.stopPropagation()
    }
    element.addEventListener('input', keepSoon)
    element.addEventListener(CHANGED, keepSoon)
    window.addEventListener('beforeunload', onUnload)
    // Before Next's links, which would go at once.
    document.addEventListener('click', onClick, true)
    return () => {
      keepIfTouched()
      element.removeEventListener('input', keepSoon)
      element.removeEventListener(CHANGED, keepSoon)
      window.removeEventListener('beforeunload', onUnload)
      document.removeEventListener('click', onClick, true)
    }
  }, [form, storageKey, startsUnsaved])

  const forget = useCallback(() => {
    sessionStorage.removeItem(storageKey)
    setKept(null)
  }, [storageKey])
  /** It stands in the fields again, and stays kept until it is saved. */
  const takeKept = useCallback(() => setKept(null), [])
  /** These values are stored now; what was typed since they were sent is not. */
  const markSaved = useCallback(
    (sent: FormValues) => {
      saved.current = said(sent)
      forget()
      form.current?.dispatchEvent(new Event(CHANGED))
    },
    [form, forget],
  )
  return { kept, takeKept, forget, markSaved }
}

const AROUND = ['id', 'restaurantId', 'base', 'changes']

/** What a form says, to be compared. What it is about and what it began with is not said by whoever fills it in. */
const said = (values: FormValues): string =>
  JSON.stringify(
    Object.entries(values)
      .filter(([name, value]) => value !== '' && !AROUND.includes(name))
      .map(([name, value]) => [name, value.replace(/\r\n?/g, '\n')])
      .sort(),
  )

/** Not what stands in the fields: a quick person has typed before the page came alive. */
function beginningOf(form: HTMLFormElement): FormValues {
  const copy = form.cloneNode(true) as HTMLFormElement
  copy.reset()
  const copied = copy.querySelectorAll('select')
  for (const [nth, select] of form.querySelectorAll('select').entries()) {
    // One whose state is kept elsewhere does not say in the page what it began with, unless the server wrote it.
    const twin = copied[nth]
    if (twin && ![...select.options].some((option) => option.defaultSelected)) twin.value = select.value
  }
  return typedValues(copy)
}

/** The link that leads to another page if a click goes there in this tab. */
function leavingLink(event: MouseEvent): HTMLAnchorElement | null {
  if (event.defaultPrevented || event.button !== 0) return null
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null
  if (!(link instanceof HTMLAnchorElement) || link.target === '_blank' || link.hasAttribute('download'))
    return null
  const { pathname, search, origin } = location
  return link.pathname === pathname && link.search === search && link.origin === origin ? null : link
}
