'use client'

import { useRouter, useSearchParams } from 'next/navigation'
import { type FormEvent, type MouseEvent, type ReactNode, useEffect, useRef, useTransition } from 'react'

/** Long enough that a word typed at ease is one search, short enough that the answer seems to follow the fingers. */
const TYPING_PAUSE_MS = 250

/**
 * The filters as a GET form that answers by itself: a choice at once, typing when it stops. What was found before stays
 * until the new answer is there. Without JavaScript it is a form with a button.
 */
export function SearchForm({ className, children }: { className: string; children: ReactNode }) {
  const router = useRouter()
  const query = useSearchParams().toString()
  const form = useRef<HTMLFormElement>(null)
  /** The query that the fields stand for. */
  const shown = useRef(query)
  const timer = useRef<number>(undefined)
  /** Everything typed in one go is one entry of the history. */
  const typing = useRef(false)
  const [isPending, startTransition] = useTransition()

  useEffect(() => () => window.clearTimeout(timer.current), [])

  // A link or "back" led to another search: the fields follow, unless somebody is typing on.
  useEffect(() => {
    if (isPending || timer.current !== undefined || query === shown.current || !form.current) return
    shown.current = query
    form.current.reset()
    // Unlike inputs, a select is not told by React of a new default.
    for (const select of form.current.querySelectorAll('select')) select.value = select.dataset.value ?? ''
  }, [query, isPending])

  function search(how: 'push' | 'replace') {
    window.clearTimeout(timer.current)
    timer.current = undefined
    if (!form.current) return
    const wanted = queryOf(form.current)
    if (wanted === shown.current) return
    shown.current = wanted
    startTransition(() => router[how](wanted ? `/recipes?${wanted}` : '/recipes', { scroll: false }))
  }

  /** Whoever takes a suggestion while typing means that, and not what the fields would ask for a moment later. */
  function onClick(event: MouseEvent<HTMLFormElement>) {
    if (!(event.target instanceof Element) || !event.target.closest('a')) return
    window.clearTimeout(timer.current)
    timer.current = undefined
  }

  function onInput(event: FormEvent<HTMLFormElement>) {
    if (!isTyped(event.target)) {
      typing.current = false
      search('push')
      return
    }
    // Half a character of an input method is nothing to look for.
    if ((event.nativeEvent as InputEvent).isComposing) return
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(() => {
      search(typing.current ? 'replace' : 'push')
      typing.current = true
    }, TYPING_PAUSE_MS)
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link is a click, too
    <form
      ref={form}
      action="/recipes"
      aria-busy={isPending}
      className={className}
      onClick={onClick}
      onInput={onInput}
      onCompositionEnd={onInput}
      onBlur={() => {
        typing.current = false
      }}
      onSubmit={(event) => {
        event.preventDefault()
        search('push')
      }}
    >
      {children}
    </form>
  )
}

const isTyped = (target: EventTarget): boolean =>
  target instanceof HTMLInputElement && target.type !== 'checkbox'

/** What the form would send, without its empty fields. */
function queryOf(form: HTMLFormElement): string {
  const query = new URLSearchParams()
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && value.trim() !== '') query.append(name, value.trim())
  }
  return query.toString()
}
