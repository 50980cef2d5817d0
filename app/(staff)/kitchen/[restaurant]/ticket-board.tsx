'use client'

import ArrowLeft from 'lucide-react/icons/arrow-left'
import ArrowRight from 'lucide-react/icons/arrow-right'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import type { WallMove, WallSettings, WallTicket, WallView } from '@/domain/wall'
import { undoOf, VIEW_WORDS } from '@/domain/wall-view'
import { Ghost } from './ghost'
import { TicketCard } from './ticket'
import { useBumpKeys } from './use-bump-keys'
import { useContinuations } from './use-continuations'
import { useEvenColumns } from './use-even-columns'
import { useHiddenTickets } from './use-hidden-tickets'
import { useMotion } from './use-motion'
import { type ShownPress, unsent } from './use-presses'
import styles from './wall.module.css'

type Entry = { id: string; ticket: WallTicket | null; press: ShownPress | null }

/** The tickets, oldest first, in columns that fill the screen; between them what was bumped just now. */
export function TicketBoard({
  tickets,
  presses,
  view,
  settings,
  form,
  onPress,
  onUndo,
}: {
  tickets: readonly WallTicket[]
  presses: readonly ShownPress[]
  view: WallView
  settings: WallSettings
  /** The form around the list. */
  form: (list: ReactNode) => ReactNode
  onPress: (move: WallMove, ticket: WallTicket) => void
  onUndo: (press: ShownPress) => void
}) {
  const list = useRef<HTMLOListElement>(null)
  const entries = entriesOf(tickets, presses)
  const ids = entries.map(({ id }) => id)
  const size = useSize(list)
  const waiting = new Set(unsent(presses))
  const layout = `${size} ${entries.map((entry) => layoutOf(entry, waiting)).join(' ')}`
  useBumpKeys(list, ids)
  useEvenColumns(list, layout)
  const continuations = useContinuations(list, layout)
  useMotion(list, ids.join(' '))
  return (
    <>
      {form(
        <>
          {entries.length === 0 ? <NothingToDo view={view} /> : null}
          <ol ref={list} aria-label="Tickets, oldest first" className={styles.tickets}>
            {entries.map(({ id, ticket, press }, index) =>
              ticket ? (
                <TicketCard
                  key={id}
                  ticket={ticket}
                  view={view}
                  bumpKey={index < 9 ? index + 1 : null}
                  thresholds={settings.thresholds[ticket.channel]}
                  timeZone={settings.timeZone}
                  isWaiting={press !== null && waiting.has(press)}
                  continuedAt={continuations.get(id)}
                  lastPress={press && isTakenBackHere(press) ? press : null}
                  onPress={onPress}
                  onUndo={onUndo}
                />
              ) : press ? (
                <Ghost key={id} press={press} isWaiting={waiting.has(press)} onUndo={onUndo} />
              ) : null,
            )}
          </ol>
        </>,
      )}
      <Turn list={list} />
    </>
  )
}

/** Each place with the last press on it. A ticket that has left keeps its place while its press can be taken back. */
function entriesOf(tickets: readonly WallTicket[], presses: readonly ShownPress[]): Entry[] {
  const lastPress = new Map(
    presses.filter((press) => !press.isUndone).map((press) => [press.ticket.id, press]),
  )
  const shown = new Set(tickets.map(({ id }) => id))
  const left = [...lastPress.values()].filter(
    ({ ticket, move, state }) =>
      !shown.has(ticket.id) && move.do !== 'recall' && (state === 'waiting' || undoOf(move, ticket) !== null),
  )
  const entries = [
    ...tickets.map((ticket) => ({ id: ticket.id, ticket, press: lastPress.get(ticket.id) ?? null })),
    ...left.map((press) => ({ id: press.ticket.id, ticket: null, press })),
  ]
  return entries.sort((one, other) => (one.id < other.id ? -1 : 1))
}

/** What a ticket's height depends on. */
function layoutOf({ id, ticket, press }: Entry, waiting: ReadonlySet<ShownPress>): string {
  const lines = ticket && `${ticket.items.length}:${JSON.stringify(ticket.unacknowledged)}`
  return `${id}:${lines}:${press !== null && waiting.has(press)}`
}

/** A tick is taken back by another tick. */
const isTakenBackHere = ({ move, ticket }: ShownPress): boolean =>
  move.do === 'bump' && undoOf(move, ticket) !== null

function NothingToDo({ view }: { view: WallView }) {
  const isWhole = view === 'all' || view === 'expo'
  return (
    <div className={styles.empty}>
      <p className={styles.emptyTitle}>
        {isWhole ? 'No open tickets' : `Nothing to do for ${VIEW_WORDS[view]}`}
      </p>
      <p className="text-muted">New orders appear here by themselves.</p>
    </div>
  )
}

/** Says what does not fit the screen and turns to it. */
function Turn({ list }: { list: RefObject<HTMLElement | null> }) {
  const { before, after } = useHiddenTickets(list)
  const turn = (direction: 1 | -1) => {
    const element = list.current
    if (!element) return
    const gap = Number.parseFloat(getComputedStyle(element).columnGap)
    element.scrollBy({ left: direction * (element.clientWidth + gap) })
  }
  if (before + after === 0) return null
  return (
    <div className={styles.turn}>
      {before > 0 ? (
        <button type="button" className={styles.quietButton} onClick={() => turn(-1)}>
          <ArrowLeft className="size-[1em]" aria-hidden />
          {before} before
        </button>
      ) : null}
      {after > 0 ? (
        <button type="button" className={styles.quietButton} onClick={() => turn(1)}>
          +{after} more
          <ArrowRight className="size-[1em]" aria-hidden />
        </button>
      ) : null}
    </div>
  )
}

/** The list's size as a word: lines move when it changes. */
function useSize(list: RefObject<HTMLElement | null>): string {
  const [size, setSize] = useState('')
  useEffect(() => {
    // The frame's: the list's own height follows from it.
    const element = list.current?.parentElement
    if (!element) return
    const observer = new ResizeObserver(() => setSize(`${element.clientWidth}x${element.clientHeight}`))
    observer.observe(element)
    return () => observer.disconnect()
  }, [list])
  return size
}
