'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { canRecall, nextStatus } from '@/domain/order'
import type { OrderStatus } from '@/domain/vocabulary'
import { moveOrder } from './actions'

/** Which order, and the id that makes a press count once. */
export type Pressed = { restaurant: string; order: string; id: string }

export const PressedFields = ({ pressed }: { pressed: Pressed }) =>
  Object.entries(pressed).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)

/** What the next step is called on a button, as on the wall. */
const STEP_WORDS: Partial<Record<OrderStatus, string>> = {
  pending: 'Confirm',
  confirmed: 'Start',
  preparing: 'Ready',
  ready: 'Hand over',
}

/** The steps that the order's state allows. Works before and without JavaScript. */
export function MoveForm({
  pressed,
  status,
  isUnacknowledged,
}: {
  pressed: Pressed
  status: OrderStatus
  isUnacknowledged: boolean
}) {
  const [result, move, isPending] = useActionState(moveOrder, null)
  return (
    <form action={move} aria-busy={isPending} className="flex flex-wrap items-center gap-2">
      <PressedFields pressed={pressed} />
      <input type="hidden" name="from" value={status} />
      {nextStatus(status) ? (
        <Button variant="primary" name="move" value="bump">
          {STEP_WORDS[status]}
        </Button>
      ) : null}
      {canRecall(status) ? (
        <Button name="move" value="recall">
          Recall to the stove
        </Button>
      ) : null}
      {isUnacknowledged ? (
        <Button name="move" value="acknowledge">
          The kitchen has seen it
        </Button>
      ) : null}
      <FormMessage>{result && !result.ok ? result.message : null}</FormMessage>
    </form>
  )
}
