'use client'

import Check from 'lucide-react/icons/check'
import { type MouseEvent, useTransition } from 'react'
import { classes } from '@/app/_ui/classes'
import { ToneShape } from '@/app/_ui/status-mark'
import type { OpenStatus, Ticket, TicketItem } from '@/db/queries/kitchen'
import { type AgeLevel, type AgeThresholds, ageLevel, clockStart, formatTimer } from '@/domain/ticket-age'
import type { Channel } from '@/domain/vocabulary'
import { useNow } from './clock'
import styles from './wall.module.css'

/** What a bump does to a ticket in this state. */
const BUMPS: Record<OpenStatus, string> = {
  pending: 'Confirm',
  confirmed: 'Start',
  preparing: 'Ready',
  ready: 'Hand over',
}

const CHANNEL_WORDS: Record<Channel, string> = {
  dine_in: 'dine in',
  takeaway: 'takeaway',
  delivery: 'delivery',
}

const AGES = {
  on_time: { tone: 'green', word: 'On time', field: 'bg-wash text-green' },
  due: { tone: 'amber', word: 'Due', field: 'bg-amber text-paper' },
  late: { tone: 'red', word: 'Late', field: 'bg-red text-paper' },
} as const satisfies Record<AgeLevel, object>

/** One open ticket. `bumpKey` is the digit that bumps it, for the first nine. */
export function TicketCard({
  ticket,
  bumpKey,
  thresholds,
  onBump,
}: {
  ticket: Ticket
  bumpKey: number | null
  thresholds: AgeThresholds
  onBump: (ticket: Ticket) => Promise<void>
}) {
  const [isPending, startTransition] = useTransition()
  const bumpHere = (event: MouseEvent) => {
    event.preventDefault()
    if (!isPending) startTransition(() => onBump(ticket))
  }
  return (
    <li className={classes(styles.ticket, 'bg-surface')} data-ticket={ticket.id}>
      <div className={styles.head}>
        {bumpKey ? (
          <kbd className="grid size-[1.4em] place-items-center rounded-sm border border-edge font-sans">
            <span className="sr-only">Key </span>
            {bumpKey}
          </kbd>
        ) : null}
        <h2 className={styles.call}>#{ticket.callNumber}</h2>
        <p className={ticket.channel === 'dine_in' ? 'min-w-0 grow truncate' : 'order-1 basis-full'}>
          {whereTo(ticket)}
        </p>
        <p className="ml-auto text-muted uppercase">{ticket.status}</p>
      </div>
      <AgeStrip ticket={ticket} thresholds={thresholds} />
      <ul className={styles.items}>
        {ticket.items.map((item) => (
          <ItemLine key={item.line} item={item} />
        ))}
      </ul>
      {ticket.specialInstructions ? (
        <p className={classes(styles.note, 'border-t border-line px-3 py-2')}>
          <Note text={ticket.specialInstructions} />
        </p>
      ) : null}
      <button
        type="submit"
        name="ticket"
        value={`${ticket.id} ${ticket.status}`}
        onClick={bumpHere}
        aria-disabled={isPending || undefined}
        aria-busy={isPending}
        aria-keyshortcuts={bumpKey ? String(bumpKey) : undefined}
        data-bump-key={bumpKey ?? undefined}
        className={styles.bump}
      >
        {BUMPS[ticket.status]}
        <span className="sr-only"> ticket {ticket.callNumber}</span>
        {isPending ? <span aria-hidden>…</span> : null}
      </button>
    </li>
  )
}

/** The table; or who waits for it and how it leaves the house. */
function whereTo({ placeOrName, channel }: Ticket): string {
  if (channel === 'dine_in') return placeOrName || CHANNEL_WORDS.dine_in
  return placeOrName ? `${placeOrName}, ${CHANNEL_WORDS[channel]}` : CHANNEL_WORDS[channel]
}

/** The loudest thing on a ticket: shape, word and colour say how urgent it is. */
function AgeStrip({ ticket, thresholds }: { ticket: Ticket; thresholds: AgeThresholds }) {
  const age = useNow() - clockStart(ticket)
  const { tone, word, field } = AGES[ageLevel(age, thresholds)]
  return (
    <p className={classes(styles.age, field)}>
      <ToneShape tone={tone} />
      <span className="uppercase">{word}</span>
      <span role="timer" className="grow text-end">
        {formatTimer(age)}
      </span>
    </p>
  )
}

function ItemLine({ item }: { item: TicketItem }) {
  const isDone = item.status === 'done'
  return (
    <li className={classes(styles.item, isDone && 'text-muted')}>
      <span className="text-end font-semibold">{item.quantity}</span>
      <span className="font-semibold">
        {isDone ? (
          <>
            <Check className="mr-1 inline size-[0.9em]" aria-hidden />
            <span className="sr-only">Done: </span>
          </>
        ) : null}
        {item.name}
      </span>
      {item.specialRequests ? (
        <span className={classes(styles.note, 'col-start-2')}>
          <Note text={item.specialRequests} />
        </span>
      ) : null}
    </li>
  )
}

/** What must never be overlooked stands inverted. */
const Note = ({ text }: { text: string }) =>
  /allerg/i.test(text) ? <strong className="rounded-sm bg-ink px-1 text-paper">{text}</strong> : text
