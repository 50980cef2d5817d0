'use client'

import Undo from 'lucide-react/icons/undo-2'
import { useEffect, useState } from 'react'
import type { WallMove, WallTicket } from '@/domain/wall'
import { localTime } from './clock'
import styles from './dialog.module.css'
import { WallDialog } from './wall-dialog'
import { whereTo } from './where-to'

/** The last 50 tickets that were bumped in this restaurant, whoever did it, each with the way back. */
export function RecallDialog({
  slug,
  timeZone,
  recallOf,
  onRecall,
  onClose,
}: {
  slug: string
  timeZone: string
  /** What brings a ticket back on this view, or null where it has nothing of it. */
  recallOf: (ticket: WallTicket) => WallMove | null
  onRecall: (move: WallMove, ticket: WallTicket) => void
  onClose: () => void
}) {
  const [bumped, setBumped] = useState<WallTicket[] | null>(null)
  const [hasFailed, setHasFailed] = useState(false)

  useEffect(() => {
    const controller = new AbortController()
    fetch(`/kitchen/${slug}/bumped`, { redirect: 'manual', signal: controller.signal })
      .then(async (response) => (response.ok ? setBumped(await response.json()) : setHasFailed(true)))
      .catch(() => {
        if (!controller.signal.aborted) setHasFailed(true)
      })
    return () => controller.abort()
  }, [slug])

  const shown = (bumped ?? []).flatMap((ticket) => {
    const move = recallOf(ticket)
    return move ? [{ ticket, move }] : []
  })
  return (
    <WallDialog title="Recall a ticket" onClose={onClose}>
      {hasFailed ? (
        <p className={styles.nothing}>
          No contact, so the list can’t be read. Open it again when this wall is live.
        </p>
      ) : bumped === null ? (
        <p className={styles.nothing} aria-busy>
          Looking for what was bumped…
        </p>
      ) : shown.length === 0 ? (
        <p className={styles.nothing}>
          Nothing was bumped yet. Tickets that are ready or handed over appear here.
        </p>
      ) : null}
      <ul className={styles.bumped}>
        {shown.map(({ ticket, move }) => (
          <li key={ticket.id}>
            <button
              type="button"
              className={styles.bumpedTicket}
              onClick={() => {
                onRecall(move, ticket)
                onClose()
              }}
            >
              <strong>#{ticket.callNumber}</strong>
              <span>{whereTo(ticket)}</span>
              <span className={styles.lines}>
                {ticket.items.map(({ quantity, name }) => `${quantity} ${name}`).join(', ')}
              </span>
              <span className="text-muted">
                {ticket.status}
                {ticket.readyAt ? ` ${localTime(ticket.readyAt, timeZone)}` : null}
              </span>
              <span className={styles.back}>
                <Undo className="size-[1em]" aria-hidden />
                Recall
              </span>
            </button>
          </li>
        ))}
      </ul>
    </WallDialog>
  )
}
