'use client'

import { useActionState } from 'react'
import { Button, type ButtonVariant } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { enter, leave } from './actions'

/** Collects the edits of this browser in a change set from now on. */
export function EnterForm({ changeSetId, name }: { changeSetId: number; name: string }) {
  const [result, action, isPending] = useActionState<Awaited<ReturnType<typeof enter>> | null, FormData>(
    enter,
    null,
  )
  return (
    <form action={action} onSubmit={(event) => isPending && event.preventDefault()}>
      <input type="hidden" name="changeSet" value={changeSetId} />
      <Button aria-busy={isPending}>
        Edit in it<span className="sr-only">: {name}</span>
      </Button>
      <FormMessage>{result?.ok === false && result.message}</FormMessage>
    </form>
  )
}

/** Lets the edits of this browser go live at once from now on. */
export function LeaveForm({ variant = 'plain' }: { variant?: ButtonVariant }) {
  const [result, action, isPending] = useActionState<Awaited<ReturnType<typeof leave>> | null, FormData>(
    leave,
    null,
  )
  return (
    <form action={action} onSubmit={(event) => isPending && event.preventDefault()}>
      <Button variant={variant} aria-busy={isPending}>
        Leave it
      </Button>
      <FormMessage>{result?.ok === false && result.message}</FormMessage>
    </form>
  )
}
