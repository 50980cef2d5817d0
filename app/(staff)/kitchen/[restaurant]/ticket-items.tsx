'use client'

import Check from 'lucide-react/icons/check'
import { Fragment, type MouseEvent } from 'react'
import { classes } from '@/app/_ui/classes'
import type { ChangedLine, WallItem, WallMove, WallTicket, WallView } from '@/domain/wall'
import { canTick } from '@/domain/wall-view'
import { Note } from './note'
import styles from './ticket.module.css'

/** The lines of a ticket, with what became of those that changed since they were fired. */
export function TicketItems({
  ticket,
  view,
  continuedAt,
  onPress,
}: {
  ticket: WallTicket
  view: WallView
  continuedAt: readonly string[]
  onPress: (move: WallMove, ticket: WallTicket) => void
}) {
  const changes = ticket.unacknowledged?.kind === 'changed' ? ticket.unacknowledged.lines : []
  const ticks = canTick(ticket, view)
  const gone = changes.filter((change) => change.now === 0)
  return (
    <ul className={classes(styles.items, ticket.status === 'cancelled' && styles.struck)}>
      {ticket.items.map((item) => {
        const tick = (event: MouseEvent) => {
          event.preventDefault()
          onPress({ do: 'tick', orderId: ticket.id, line: item.line, done: item.status !== 'done' }, ticket)
        }
        const change = changes.find((candidate) => candidate.line === item.line && candidate.now > 0)
        return (
          <Fragment key={item.line}>
            {continuedAt.includes(String(item.line)) ? (
              <li className={styles.continuedLine}>
                <Continued callNumber={ticket.callNumber} />
              </li>
            ) : null}
            <li data-part={item.line}>
              {ticks ? (
                <TickButton item={item} orderId={ticket.id} onTick={tick} />
              ) : (
                <div className={classes(styles.item, change && styles.changedLine)}>
                  <ItemLine item={item} change={change} />
                </div>
              )}
            </li>
          </Fragment>
        )
      })}
      {gone.map((change) => (
        <li key={change.line}>
          <div className={classes(styles.item, styles.changedLine)}>
            <span className={styles.quantity}>
              <del>{change.was}</del>
            </span>
            <span>
              <del>{change.name}</del> <strong className={styles.changeWord}>taken off</strong>
            </span>
          </div>
        </li>
      ))}
    </ul>
  )
}

/** Whose ticket this is, where it goes on in another column. */
export const Continued = ({ callNumber }: { callNumber: number }) => (
  <p className={styles.continued}>
    #{callNumber} <span className="font-normal text-muted">continued</span>
  </p>
)

/** Submits the wall's form where there is no script. */
function TickButton({
  item,
  orderId,
  onTick,
}: {
  item: WallItem
  orderId: string
  onTick: (event: MouseEvent) => void
}) {
  const isDone = item.status === 'done'
  const move: WallMove = { do: 'tick', orderId, line: item.line, done: !isDone }
  return (
    <button
      type="submit"
      name="move"
      value={JSON.stringify(move)}
      onClick={onTick}
      aria-pressed={isDone}
      className={classes(styles.item, styles.tick)}
    >
      <ItemLine item={item} isTicked />
      <span className={styles.box}>{isDone ? <Check className="size-[0.9em]" aria-hidden /> : null}</span>
    </button>
  )
}

function ItemLine({
  item,
  change,
  isTicked = false,
}: {
  item: WallItem
  change?: ChangedLine | undefined
  /** A box beside it says whether it is done. */
  isTicked?: boolean
}) {
  const isDone = item.status === 'done'
  return (
    <>
      <span className={styles.quantity}>
        {change && change.was > 0 && change.was !== change.now ? (
          <>
            <del>{change.was}</del>
            <span aria-hidden>→</span>
            <span className="sr-only"> is now </span>
          </>
        ) : null}
        {item.quantity}
      </span>
      <span className={classes(styles.dish, isDone && 'text-muted')}>
        {isDone && !isTicked ? (
          <>
            <Check className="mr-1 inline size-[0.9em]" aria-hidden />
            <span className="sr-only">Done: </span>
          </>
        ) : null}
        {item.name} {change ? <strong className={styles.changeWord}>{wordOf(change)}</strong> : null}
      </span>
      {item.specialRequests ? (
        <span className={styles.note}>
          <Note text={item.specialRequests} />
        </span>
      ) : null}
    </>
  )
}

/** What happened to a line that is still there. */
function wordOf({ was, now, note }: ChangedLine): string {
  if (was === 0) return 'new'
  if (was !== now) return was < now ? 'more' : 'fewer'
  return note ? 'new note' : 'note taken off'
}
