'use client'

import Ban from 'lucide-react/icons/ban'
import Clock3 from 'lucide-react/icons/clock-3'
import Pencil from 'lucide-react/icons/pencil'
import Undo from 'lucide-react/icons/undo-2'
import { type MouseEvent, memo } from 'react'
import { classes } from '@/app/_ui/classes'
import { ToneShape } from '@/app/_ui/status-mark'
import { type AgeLevel, type AgeThresholds, ageLevel, clockStart, formatTimer } from '@/domain/ticket-age'
import type { WallMove, WallTicket, WallView } from '@/domain/wall'
import { actionOn } from '@/domain/wall-view'
import { localTime, useNow } from './clock'
import { Note } from './note'
import styles from './ticket.module.css'
import { Continued, TicketItems } from './ticket-items'
import type { ShownPress } from './use-presses'
import { whereTo } from './where-to'

const AGES = {
  on_time: { tone: 'green', word: 'On time', field: 'bg-wash text-green' },
  due: { tone: 'amber', word: 'Due', field: 'bg-amber text-paper' },
  late: { tone: 'red', word: 'Late', field: 'bg-red text-paper' },
} as const satisfies Record<AgeLevel, object>

export type TicketProps = {
  ticket: WallTicket
  view: WallView
  /** The digit that bumps it, for the first nine. */
  bumpKey: number | null
  thresholds: AgeThresholds
  timeZone: string
  /** Whether a press on it has not reached the server. */
  isWaiting: boolean
  onPress: (move: WallMove, ticket: WallTicket) => void
  /** Parts of it that begin a column. */
  continuedAt?: readonly string[] | undefined
  /** The last press, while it can be taken back; it left the ticket on the wall. */
  lastPress: ShownPress | null
  onUndo: (press: ShownPress) => void
}

/** One ticket. Its whole face is the button's, so that a wet hand hits it; items that are ticked lie above. */
export const TicketCard = memo(function TicketCard(props: TicketProps) {
  const { ticket, view, thresholds, continuedAt = [], lastPress, onPress, onUndo } = props
  const { unacknowledged } = ticket
  return (
    <li
      className={classes(styles.ticket, 'bg-surface', unacknowledged && styles.unseen)}
      data-ticket={ticket.id}
      data-status={ticket.status}
      data-place={ticket.id}
    >
      <TicketHead {...props} />
      {unacknowledged ? <ChangeStrip kind={unacknowledged.kind} /> : null}
      <AgeStrip ticket={ticket} thresholds={thresholds} />
      <TicketItems ticket={ticket} view={view} continuedAt={continuedAt} onPress={onPress} />
      {continuedAt.includes('end') ? <Continued callNumber={ticket.callNumber} /> : null}
      <div data-part="end" className={styles.end}>
        {ticket.specialInstructions ? (
          <p className={styles.instructions}>
            <Note text={ticket.specialInstructions} />
          </p>
        ) : null}
        <div className={styles.foot}>
          {lastPress ? (
            <button type="button" className={styles.undo} onClick={() => onUndo(lastPress)}>
              <Undo className="size-[0.9em]" aria-hidden />
              Undo<span className="sr-only"> ticket {ticket.callNumber}</span>
            </button>
          ) : null}
          <PressButton {...props} />
        </div>
      </div>
    </li>
  )
})

function TicketHead({ ticket, bumpKey, timeZone, isWaiting }: TicketProps) {
  const { promisedAt } = ticket
  return (
    <div className={styles.head}>
      {bumpKey ? (
        <kbd className={styles.key}>
          <span className="sr-only">Key </span>
          {bumpKey}
        </kbd>
      ) : null}
      <h2 className={styles.call}>#{ticket.callNumber}</h2>
      <p className={ticket.channel === 'dine_in' ? styles.where : styles.whereFar}>
        {whereTo(ticket)}
        {promisedAt ? (
          <>
            {' '}
            for <strong className="tabular-nums">{localTime(promisedAt, timeZone)}</strong>
          </>
        ) : null}
      </p>
      <p className="ml-auto text-muted uppercase">{ticket.status}</p>
      {isWaiting ? (
        <p className={styles.waiting}>
          <Clock3 className="size-[0.9em]" aria-hidden />
          Not sent yet
        </p>
      ) : null}
    </div>
  )
}

/** The one press of a ticket. Also the submit button of the wall's form, for a page whose script has not come. */
function PressButton({ ticket, view, bumpKey, onPress }: TicketProps) {
  const action = actionOn(ticket, view)
  if (!action) return null
  const press = (event: MouseEvent) => {
    event.preventDefault()
    onPress(action.move, ticket)
  }
  return (
    <button
      type="submit"
      name="move"
      value={JSON.stringify(action.move)}
      onClick={press}
      aria-keyshortcuts={bumpKey ? String(bumpKey) : undefined}
      data-bump-key={bumpKey ?? undefined}
      className={classes(styles.bump, ticket.unacknowledged && styles.acknowledge)}
    >
      {action.word}
      <span className="sr-only"> ticket {ticket.callNumber}</span>
    </button>
  )
}

/** Somebody has to see that this is not what was fired. */
function ChangeStrip({ kind }: { kind: 'changed' | 'cancelled' }) {
  // Not the shapes of the age strip, which stands below it in the same colours.
  const Shape = kind === 'changed' ? Pencil : Ban
  return (
    <p className={classes(styles.age, kind === 'changed' ? styles.changed : styles.cancelled)}>
      <Shape className="size-[0.8em] shrink-0 self-center" strokeWidth={2.75} aria-hidden />
      <span className="uppercase">{kind}</span>
      <span className={styles.what}>{kind === 'changed' ? 'since it was fired' : 'stop cooking'}</span>
    </p>
  )
}

/** The loudest thing on a ticket: shape, word and colour say how urgent it is. */
function AgeStrip({ ticket, thresholds }: { ticket: WallTicket; thresholds: AgeThresholds }) {
  const age = useNow() - clockStart(ticket)
  // Nobody waits for a cancelled one.
  if (ticket.status === 'cancelled') return null
  const { tone, word, field } = AGES[ageLevel(age, thresholds)]
  return (
    <p className={classes(styles.age, field)}>
      <ToneShape tone={tone} />
      <span className="uppercase">{word}</span>
      <span role="timer" className="ml-auto">
        {formatTimer(age)}
      </span>
    </p>
  )
}
