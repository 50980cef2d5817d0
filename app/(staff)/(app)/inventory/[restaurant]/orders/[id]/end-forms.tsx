'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { cancelOrder, closeOrder } from '../actions'

type Pressed = { restaurant: string; order: string }

const PressedFields = ({ pressed }: { pressed: Pressed }) =>
  Object.entries(pressed).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)

/** Cancels a draft, or an order of which nothing came. Asks first, in a fold that needs no JavaScript. */
export function CancelForm({ pressed, isSent }: { pressed: Pressed; isSent: boolean }) {
  const [result, cancel, isPending] = useActionState(cancelOrder, null)
  return (
    <details className="open:rounded-md open:border open:border-line open:p-3">
      <summary className="inline-flex min-h-11 items-center text-red underline md:min-h-9">
        {isSent ? 'Cancel order…' : 'Drop draft…'}
      </summary>
      <form action={cancel} aria-busy={isPending} className="grid justify-items-start gap-3 pt-2">
        <PressedFields pressed={pressed} />
        <p>
          {isSent
            ? 'Nothing of it is on order any more. The supplier is not told: call them first.'
            : 'What it would have ordered is proposed again.'}{' '}
          This can’t be undone.
        </p>
        <Button variant="danger">{isSent ? 'Cancel order' : 'Drop draft'}</Button>
        <FormMessage>{result && !result.ok ? result.message : null}</FormMessage>
      </form>
    </details>
  )
}

/** Gives up what has not come of an order. */
export function CloseForm({ pressed }: { pressed: Pressed }) {
  const [result, close, isPending] = useActionState(closeOrder, null)
  return (
    <details className="open:rounded-md open:border open:border-line open:p-3">
      <summary className="inline-flex min-h-11 items-center underline md:min-h-9">Close short…</summary>
      <form action={close} aria-busy={isPending} className="grid justify-items-start gap-3 pt-2">
        <PressedFields pressed={pressed} />
        <p>What has not come is not waited for any more, and may be ordered anew. This can’t be undone.</p>
        <Button variant="danger">Close order short</Button>
        <FormMessage>{result && !result.ok ? result.message : null}</FormMessage>
      </form>
    </details>
  )
}
