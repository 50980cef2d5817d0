'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { endWaitingFor } from './actions'

type Result = Awaited<ReturnType<typeof endWaitingFor>> | null

/** Asks once more by unfolding, which needs no JavaScript. */
export function BlockerForm({
  pid,
  transactionId,
  name,
  isBusy,
}: {
  pid: number
  transactionId: string
  name: string
  /** A statement runs, so that may be cancelled and the connection stay. */
  isBusy: boolean
}) {
  const [result, action, isPending] = useActionState<Result, FormData>(endWaitingFor, null)
  return (
    <details className="basis-full">
      <summary
        aria-label={`End ${name}, ${pid}…`}
        className="flex min-h-11 w-fit items-center rounded-md border border-edge px-3 font-semibold hover:bg-wash md:min-h-8"
      >
        End it…
      </summary>
      <form
        action={action}
        onSubmit={(event) => isPending && event.preventDefault()}
        className="grid max-w-prose gap-2 py-2"
      >
        <p className="text-muted">
          {isBusy
            ? 'Cancelled, its statement fails, and its transaction gives back what it holds, unless it goes on. '
            : 'It was left open: no statement of it runs. '}
          With its connection closed, whatever it did in this transaction is undone. Who did this is kept in
          the audit.
        </p>
        <FormMessage>{result?.ok === false && result.message}</FormMessage>
        {result?.ok && result.how === 'cancelled' ? (
          <p role="status">Its statement was cancelled. If it still stands here, close its connection.</p>
        ) : null}
        <input type="hidden" name="pid" value={pid} />
        <input type="hidden" name="transactionId" value={transactionId} />
        <div className="flex flex-wrap gap-2">
          {isBusy ? (
            <Button name="how" value="cancel" aria-busy={isPending}>
              Cancel its statement
            </Button>
          ) : null}
          <Button variant="danger" name="how" value="close" aria-busy={isPending}>
            Close its connection
          </Button>
        </div>
      </form>
    </details>
  )
}
