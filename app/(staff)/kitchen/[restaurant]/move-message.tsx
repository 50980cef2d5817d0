'use client'

import Undo from 'lucide-react/icons/undo-2'
import { useTransition } from 'react'
import { classes } from '@/app/_ui/classes'
import { canRecall } from '@/domain/order'
import type { OrderStatus } from '@/domain/vocabulary'
import type { Move } from './use-moves'
import styles from './wall.module.css'

const BUMPED: Partial<Record<OrderStatus, string>> = {
  confirmed: 'is confirmed',
  preparing: 'is being prepared',
  ready: 'is ready',
  delivered: 'was handed over',
}

/** What the last press did, and the way back from a mistake. Always there, so that screen readers follow it. */
export function MoveMessage({
  move,
  onRecall,
}: {
  move: Move | null
  onRecall: (ticket: NonNullable<Move['ticket']>, from: OrderStatus) => Promise<void>
}) {
  return (
    <div role="status" className={styles.message}>
      {move ? <Message key={move.ticket?.id} move={move} onRecall={onRecall} /> : null}
    </div>
  )
}

function Message({
  move: { kind, ticket, result },
  onRecall,
}: {
  move: Move
  onRecall: (ticket: NonNullable<Move['ticket']>, from: OrderStatus) => Promise<void>
}) {
  const [isPending, startTransition] = useTransition()
  const name = ticket ? `Ticket ${ticket.callNumber}` : 'The ticket'
  if (!result.ok) {
    return (
      <p className="rounded-md border border-amber p-3">
        <strong className="block text-amber">{ticket ? name : 'Not done'}</strong>
        {result.message}
      </p>
    )
  }
  const { status } = result
  return (
    <div className="grid gap-2 rounded-md border border-edge p-3">
      <p>
        {name} {kind === 'recall' ? 'is back on the stove' : BUMPED[status]}.
      </p>
      {ticket && kind === 'bump' && canRecall(status) ? (
        <button
          type="button"
          onClick={() => startTransition(() => onRecall(ticket, status))}
          disabled={isPending}
          aria-busy={isPending}
          className={classes(styles.quietButton, 'justify-self-start')}
        >
          <Undo className="size-[1em]" aria-hidden />
          Recall
        </button>
      ) : null}
    </div>
  )
}
