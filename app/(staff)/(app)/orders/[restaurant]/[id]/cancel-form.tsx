'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import type { OrderStatus } from '@/domain/vocabulary'
import { cancelOrder } from './actions'
import { cancelOutcome } from './history-words'
import { type Pressed, PressedFields } from './move-form'

/** Asks first, in a fold that needs no JavaScript, and says what becomes of the ingredients. */
export function CancelForm({
  pressed,
  status,
  callNumber,
}: {
  pressed: Pressed
  status: OrderStatus
  callNumber: number
}) {
  const [result, cancel, isPending] = useActionState(cancelOrder, null)
  return (
    <details className="open:rounded-md open:border open:border-line open:p-3">
      <summary className="inline-flex min-h-11 items-center text-red underline md:min-h-9">
        Cancel order…
      </summary>
      <form action={cancel} aria-busy={isPending} className="grid justify-items-start gap-3 pt-2">
        <PressedFields pressed={pressed} />
        <p>
          {cancelOutcome(status)}{' '}
          {status === 'pending'
            ? ''
            : 'The kitchen sees the ticket struck through until it acknowledges it. '}
          This can’t be undone.
        </p>
        <Button variant="danger">Cancel order #{callNumber}</Button>
        <FormMessage>{result && !result.ok ? result.message : null}</FormMessage>
      </form>
    </details>
  )
}
