'use client'

import Clock3 from 'lucide-react/icons/clock-3'
import Undo from 'lucide-react/icons/undo-2'
import { undoOf, wordOfMove } from '@/domain/wall-view'
import styles from './ticket.module.css'
import type { ShownPress } from './use-presses'
import { whereTo } from './where-to'

/** What stands where a ticket was until the press can't be taken back any more, or has been sent. */
export function Ghost({
  press,
  isWaiting,
  onUndo,
}: {
  press: ShownPress
  isWaiting: boolean
  onUndo: (press: ShownPress) => void
}) {
  const { ticket, move } = press
  return (
    <li className={styles.ghost} data-ghost={ticket.id} data-place={ticket.id}>
      <p>
        <strong className={styles.call}>#{ticket.callNumber}</strong> <span>{whereTo(ticket)}</span>
      </p>
      <p className="text-muted">{wordOfMove(move)}</p>
      {isWaiting ? (
        <p className={styles.waiting}>
          <Clock3 className="size-[0.9em]" aria-hidden />
          Not sent yet
        </p>
      ) : null}
      {undoOf(move, ticket) ? (
        <button type="button" className={styles.undo} onClick={() => onUndo(press)}>
          <Undo className="size-[0.9em]" aria-hidden />
          Undo<span className="sr-only"> ticket {ticket.callNumber}</span>
        </button>
      ) : null}
    </li>
  )
}
