'use client'

import { Command } from 'cmdk'
import Link from 'next/link'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type Entry, GROUPS } from './entry'
import { useEntries } from './use-entries'

/**
 * Goes anywhere by typing. The browser's own dialog keeps the focus inside and gives it back to where it was.
 */
export default function PaletteDialog({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const link = useRef<HTMLAnchorElement>(null)
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<Entry | null>(null)
  const answer = useEntries(text)
  const found = answer ? inOrder(answer.entries) : []
  // Never an empty list: the marked place of the one before would stay behind in its attributes.
  const entries = answer && found.length === 0 && !answer.trouble ? [recipesLike(answer.text)] : found
  /** Enter was pressed before the answer to what was typed came: it means the first of that. */
  const isWaiting = useRef(false)
  const isCurrent = answer?.text === text

  // Of the layout, so that it is closed before it is taken away: only that gives the focus back.
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another answer is what it waits for
  useEffect(() => {
    const [first] = entries
    // By its own key, so that the list and the field name the marked place too; setting its value leaves them behind.
    const home = new KeyboardEvent('keydown', { key: 'Home', bubbles: true })
    dialog.current?.querySelector('[cmdk-input]')?.dispatchEvent(home)
    if (isWaiting.current && isCurrent && first) setChosen(first)
    if (isCurrent) isWaiting.current = false
  }, [answer])

  useEffect(() => {
    if (!chosen) return
    dialog.current?.close()
    // As a link and not by the router, so that a form with unsaved changes asks first.
    link.current?.click()
  }, [chosen])

  function go(entry: Entry) {
    if (isCurrent) setChosen(entry)
    else isWaiting.current = true
  }

  return (
    <dialog
      ref={dialog}
      aria-label="Go to"
      onClose={onClose}
      // The backdrop belongs to the dialog, and all that is inside of it to its content.
      onClick={(event) => event.target === event.currentTarget && event.currentTarget.close()}
      onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && noteEnter()}
      className="mx-auto mt-[8dvh] w-[min(40rem,calc(100vw-1rem))] rounded-md border border-line bg-surface p-0 text-ink shadow-float backdrop:bg-[var(--shade)]"
    >
      <Command label="Go to" shouldFilter={false} loop vimBindings={false}>
        <Command.Input
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder="Dish, recipe, order number, restaurant or page"
          maxLength={100}
          autoCapitalize="off"
          enterKeyHint="go"
          className="min-h-14 w-full border-b border-line bg-transparent px-4 text-lg outline-none placeholder:text-muted"
        />
        <Command.List
          label="Places"
          className="max-h-[min(28rem,60dvh)] overflow-y-auto overscroll-contain p-2"
        >
          {GROUPS.map(({ kind, heading }) => {
            const ofKind = entries.filter((entry) => entry.kind === kind)
            return ofKind.length === 0 ? null : (
              <Command.Group
                key={kind}
                heading={heading}
                className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-sm [&_[cmdk-group-heading]]:text-muted"
              >
                {ofKind.map((entry) => (
                  <Command.Item
                    key={keyOf(entry)}
                    value={keyOf(entry)}
                    onSelect={() => go(entry)}
                    className="flex min-h-11 cursor-pointer items-center gap-3 rounded-md px-2 aria-selected:bg-wash md:min-h-9"
                  >
                    <span className="min-w-0 grow truncate font-semibold">{entry.label}</span>
                    <span className="max-w-[50%] shrink-0 truncate text-muted">{entry.note}</span>
                  </Command.Item>
                ))}
              </Command.Group>
            )
          })}
        </Command.List>
        <p role="status" className="px-4 pb-3 text-muted empty:hidden">
          {words()}
        </p>
      </Command>
      <Link ref={link} href={chosen?.href ?? '/'} prefetch={false} hidden>
        Go
      </Link>
    </dialog>
  )

  function noteEnter() {
    if (!isCurrent) isWaiting.current = true
  }

  function words(): string | null {
    if (answer?.trouble) return answer.trouble
    if (answer && isCurrent && found.length === 0) return 'Nothing that you may see is called like this.'
    return null
  }
}

/** Its search forgives slips that the palette does not. */
const recipesLike = (text: string): Entry => ({
  kind: 'page',
  label: `Search the recipes for “${text}”`,
  note: '',
  href: `/recipes?${new URLSearchParams({ q: text })}`,
})

const inOrder = (entries: readonly Entry[]): Entry[] =>
  GROUPS.flatMap(({ kind }) => entries.filter((entry) => entry.kind === kind))

const keyOf = ({ kind, href }: Entry): string => `${kind} ${href}`
