'use client'

import Undo from 'lucide-react/icons/undo-2'
import X from 'lucide-react/icons/x'
import { useTransition } from 'react'
import { classes } from '@/app/_ui/classes'
import type { DishMessage } from './use-dish-switch'
import type { Refusal } from './use-presses'
import styles from './wall.module.css'

/** What was not done, and what happened to the menu. Always there, so that screen readers follow it. */
export function Messages({
  refusals,
  onDismiss,
  submitted,
  dish,
}: {
  refusals: readonly Refusal[]
  onDismiss: (id: string) => void
  /** The answer to the form, where there is no script. */
  submitted: { ok: true } | { ok: false; message: string } | null
  dish: DishMessage | null
}) {
  return (
    <div role="status" className={styles.messages}>
      {refusals.map(({ id, callNumber, message }) => (
        <div key={id} className={classes(styles.message, 'border-amber')}>
          <p>
            <strong className="text-amber">Ticket {callNumber}: not done.</strong> {message}
          </p>
          <button type="button" className={styles.tool} onClick={() => onDismiss(id)} aria-label="Seen">
            <X className="size-[1em]" aria-hidden />
          </button>
        </div>
      ))}
      {submitted?.ok === false ? (
        <p className={classes(styles.message, 'border-amber')}>{submitted.message}</p>
      ) : null}
      {dish ? <DishNotice key={dish.text} message={dish} /> : null}
    </div>
  )
}

function DishNotice({ message: { text, isFailure, undo } }: { message: DishMessage }) {
  const [isPending, startTransition] = useTransition()
  return (
    <div className={classes(styles.message, isFailure ? 'border-amber' : 'border-edge')}>
      <p>{text}</p>
      {undo ? (
        <button
          type="button"
          className={styles.quietButton}
          disabled={isPending}
          aria-busy={isPending}
          onClick={() => startTransition(undo)}
        >
          <Undo className="size-[1em]" aria-hidden />
          Undo
        </button>
      ) : null}
    </div>
  )
}
