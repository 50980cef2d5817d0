'use client'

import { type ReactNode, useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { undo } from './publish-actions'
import { UndoConflicts } from './undo-conflicts'

type Result = Awaited<ReturnType<typeof undo>> | null

/**
 * What was done, with one button that takes it back; afterwards that it was, and the way back from there. It stands on
 * the page whether something was done or not, because without JavaScript the answer finds its place by that.
 */
export function UndoNote({
  publicationId,
  undo: words = 'Undo',
  children,
}: {
  publicationId: number | null
  /** What its button says. */
  undo?: string
  children: ReactNode
}) {
  const [result, action, isPending] = useActionState<Result, FormData>(undo, null)
  // Publications are numbered as they happen: what was published after the undo is the news.
  const undone = result?.ok && result.publicationId > (publicationId ?? 0) ? result : null
  const conflicts = result?.ok === false && result.reason === 'conflicts' ? result : null
  const back = undone ? undone.publicationId : publicationId
  return (
    <div aria-busy={isPending} className="grid gap-2 empty:hidden">
      <div role="status" className="empty:hidden">
        {undone || children ? (
          <form
            action={action}
            className="flex flex-wrap items-center gap-x-4 border-l-2 border-accent py-1 pl-3"
          >
            {undone ? 'Undone: everything is as it was before.' : children}
            {back === null ? null : (
              <Button variant="quiet" name="publication" value={back}>
                {undone ? 'Undo that' : words}
              </Button>
            )}
          </form>
        ) : null}
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
    </div>
  )
}
