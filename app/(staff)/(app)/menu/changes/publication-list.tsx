'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { StatusMark } from '@/app/_ui/status-mark'
import { undo } from './publish-actions'
import { UndoConflicts } from './undo-conflicts'

export type PublicationRow = {
  id: number
  name: string
  isUndone: boolean
  /** Who, when, how much and for whom. */
  words: string
}

type Result = Awaited<ReturnType<typeof undo>> | null

/** What went live in one go, newest first, each to be undone by one button; what stands in the way is decided above. */
export function PublicationList({ publications }: { publications: readonly PublicationRow[] }) {
  const [result, action, isPending] = useActionState<Result, FormData>(undo, null)
  const conflicts = result?.ok === false && result.reason === 'conflicts' ? result : null
  return (
    <div className="grid gap-2" aria-busy={isPending}>
      <div role="status" className="empty:hidden">
        {result?.ok ? <UndoneNote back={result.publicationId} action={action} /> : null}
      </div>
      <FormMessage>{result?.ok === false ? result.message : null}</FormMessage>
      {conflicts ? (
        <UndoConflicts
          publication={conflicts.publication}
          conflicts={conflicts.shown}
          more={conflicts.more}
          action={action}
        />
      ) : null}
      <form action={action} onSubmit={(event) => isPending && event.preventDefault()}>
        <ul className="border-t border-line">
          {publications.map(({ id, name, isUndone, words }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-4 border-b border-line py-1">
              <div className="min-w-0 grow">
                <p className="font-semibold wrap-anywhere">{name}</p>
                <p className="text-sm text-muted">{words}</p>
              </div>
              {isUndone ? (
                <StatusMark tone="muted">Undone</StatusMark>
              ) : (
                <Button name="publication" value={id}>
                  Undo<span className="sr-only"> {name}</span>
                </Button>
              )}
            </li>
          ))}
        </ul>
      </form>
    </div>
  )
}

/** That it is undone, and the way back. */
function UndoneNote({ back, action }: { back: number; action: (data: FormData) => void }) {
  return (
    <form action={action} className="flex flex-wrap items-center gap-x-4 border-l-2 border-accent pl-3">
      Undone: everything is as it was before.
      <Button variant="quiet" name="publication" value={back}>
        Undo that
      </Button>
    </form>
  )
}
