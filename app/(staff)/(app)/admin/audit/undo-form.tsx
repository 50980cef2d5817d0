'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { undoLine } from './actions'

type Result = Awaited<ReturnType<typeof undoLine>> | null

/** Takes one change back. What was changed again since is shown first, with both values. */
export function UndoForm({ line, name }: { line: number; name: string }) {
  const [result, action, isPending] = useActionState<Result, FormData>(undoLine, null)
  const conflicts = result?.ok === false && result.reason === 'conflicts' ? result : null
  if (result?.ok) return <p role="status">Undone</p>
  return (
    <form
      action={action}
      onSubmit={(event) => isPending && event.preventDefault()}
      className="grid justify-items-start gap-2 self-start"
    >
      <FormMessage>{result?.ok === false ? result.message : null}</FormMessage>
      <input type="hidden" name="line" value={line} />
      {conflicts ? (
        <>
          <input type="hidden" name="seen" value={conflicts.seen} />
          <ul>
            {conflicts.shown.map(({ field, label, now, wanted }) => (
              <li key={field}>
                {label} is {now} now, and would be {wanted} again.
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <Button aria-busy={isPending} variant={conflicts ? 'danger' : 'quiet'}>
        {conflicts ? 'Undo all the same' : 'Undo'}
        <span className="sr-only"> {name}</span>
      </Button>
    </form>
  )
}
