'use client'

import Link from 'next/link'
import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { StatusMark } from '@/app/_ui/status-mark'
import { drop } from '../actions'
import type { EditWords } from './edit-words'

export type EditRow = Omit<EditWords, 'by' | 'at'> & { hand: string }

/** What a change set does, thing by thing and field by field; each thing can be taken out. */
export function EditList({
  changeSetId,
  edits,
  canDrop,
}: {
  changeSetId: number
  edits: readonly EditRow[]
  canDrop: boolean
}) {
  const [result, action, isPending] = useActionState<Awaited<ReturnType<typeof drop>> | null, FormData>(
    drop,
    null,
  )
  return (
    <form action={action} onSubmit={(event) => isPending && event.preventDefault()} aria-busy={isPending}>
      <input type="hidden" name="changeSet" value={changeSetId} />
      <FormMessage>{result?.ok === false && result.message}</FormMessage>
      <ul className="border-t border-line">
        {edits.map((edit) => (
          <li
            key={edit.id}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 border-b border-line py-3 last:border-b-0"
          >
            <div className="min-w-0">
              <h3 className="flex flex-wrap items-baseline gap-x-3 font-semibold wrap-anywhere">
                {canDrop ? (
                  <Link href={edit.href} prefetch={false} className="underline-offset-2 hover:underline">
                    {edit.title}
                  </Link>
                ) : (
                  edit.title
                )}
                {edit.isNew ? <StatusMark tone="green">New</StatusMark> : null}
                {edit.hasConflicts ? <StatusMark tone="amber">Conflict</StatusMark> : null}
              </h3>
              <ul>
                {edit.changes.map((change) => (
                  <Change key={change.field} change={change} />
                ))}
              </ul>
              <p className="text-sm text-muted">{edit.hand}</p>
            </div>
            {canDrop ? (
              <Button variant="quiet" name="edit" value={edit.id}>
                Take out<span className="sr-only">: {edit.title}</span>
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </form>
  )
}

function Change({ change }: { change: EditRow['changes'][number] }) {
  const { label, before, after, items, notes } = change
  return (
    <li className="wrap-anywhere">
      <span className="text-muted">{label}</span>{' '}
      {items.length > 0 ? (
        items.join('; ')
      ) : before === null ? (
        after
      ) : (
        <>
          <del className="text-muted decoration-1">{before}</del> <span aria-hidden="true">→</span>
          <span className="sr-only"> becomes </span> <ins className="no-underline">{after}</ins>
        </>
      )}
      {notes.length > 0 ? <span className="text-muted"> · {notes.join('; ')}</span> : null}
    </li>
  )
}
