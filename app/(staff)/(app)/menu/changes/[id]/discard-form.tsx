'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { discard } from '../actions'

/** Puts a change set away, after what that means. */
export function DiscardForm({ changeSetId, edits }: { changeSetId: number; edits: number }) {
  const [result, action, isPending] = useActionState<Awaited<ReturnType<typeof discard>> | null, FormData>(
    discard,
    null,
  )
  return (
    <details>
      <summary className="flex min-h-11 w-fit items-center rounded-md border border-edge px-4 font-semibold hover:bg-wash md:min-h-9 md:px-3">
        Discard…
      </summary>
      <form
        action={action}
        onSubmit={(event) => isPending && event.preventDefault()}
        className="grid justify-items-start gap-2 pt-3"
      >
        <input type="hidden" name="changeSet" value={changeSetId} />
        <p className="max-w-prose text-muted">
          {edits === 0
            ? 'Nothing is in it.'
            : `${edits === 1 ? 'The one change' : `All ${edits} changes`} in it will never be published. What is live stays as it is.`}
        </p>
        <FormMessage>{result?.ok === false && result.message}</FormMessage>
        <Button variant="danger" aria-busy={isPending}>
          Discard this change set
        </Button>
      </form>
    </details>
  )
}
