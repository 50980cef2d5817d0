'use client'

import Link from 'next/link'
import { type ReactNode, useActionState, useEffect, useRef } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { changeDishes, undoBulk } from './actions'
import type { ChangeFields } from './change-params'

type Answer = Awaited<ReturnType<typeof changeDishes>>
type Undone = Awaited<ReturnType<typeof undoBulk>>
type Changed = Extract<Answer, { ok: true }>

/**
 * The preview with the button that makes it so; afterwards, in its place, what was done, with a way back. Both answers
 * are kept here, where the page always has this component: without JavaScript each comes with a page of its own.
 */
export function BulkApply({
  fields,
  seen,
  label,
  back,
  changeSet,
  children,
}: {
  fields: ChangeFields
  /** Of `seenText`; empty where nothing would change, and there is no button. */
  seen: string
  /** What the button does. */
  label: string
  /** The list that the dishes were chosen in. */
  back: string
  /** Where it goes; null: live at once. */
  changeSet: { id: number; name: string } | null
  children: ReactNode
}) {
  const [answer, change, isChanging] = useActionState<Answer | null, FormData>(changeDishes, null)
  const [undone, undo, isUndoing] = useActionState<Undone | null, FormData>(undoBulk, null)
  if (undone?.ok) {
    return (
      <Told back={back}>
        <p>Undone: the dishes are as they were before.</p>
      </Told>
    )
  }
  if (undone) {
    const { publication = '' } = undone.values ?? {}
    return (
      <Told back={back} failure={undone.message}>
        <form action={undo}>
          <input type="hidden" name="publication" value={publication} />
          {undone.reason === 'conflicts' ? (
            <Button name="keep" value="yes" aria-busy={isUndoing}>
              Undo the others
            </Button>
          ) : null}
        </form>
      </Told>
    )
  }
  if (answer?.ok) {
    return (
      <Told back={back}>
        <Counted {...answer} />
        {answer.publicationId === null ? (
          <p>They go live with the change set{changeSet ? ` “${changeSet.name}”` : ''}.</p>
        ) : (
          <form action={undo}>
            <input type="hidden" name="publication" value={answer.publicationId} />
            <Button aria-busy={isUndoing}>Undo</Button>
          </form>
        )}
      </Told>
    )
  }
  return (
    <form action={change} onSubmit={(event) => isChanging && event.preventDefault()} className="grid gap-3">
      <FormMessage>{answer?.message}</FormMessage>
      {Object.entries({ ...fields, seen, changes: changeSet ? String(changeSet.id) : '' }).map(
        ([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ),
      )}
      {seen ? (
        <Button variant="primary" aria-busy={isChanging} className="justify-self-start">
          {label}
        </Button>
      ) : null}
      {children}
    </form>
  )
}

/** What was done, focused: the button that did it is gone. */
function Told({ back, failure, children }: { back: string; failure?: string; children: ReactNode }) {
  const told = useRef<HTMLDivElement>(null)
  useEffect(() => told.current?.focus(), [])
  return (
    <div ref={told} tabIndex={-1} className="grid justify-items-start gap-3 outline-none">
      <FormMessage>{failure}</FormMessage>
      <div role="status" className="grid gap-2 border-l-2 border-accent pl-3">
        {children}
      </div>
      <Link href={back} prefetch={false} className="underline">
        Back to the menu
      </Link>
    </div>
  )
}

function Counted({ changed, refused }: Changed) {
  const isOne = refused.length === 1
  return (
    <>
      <p>{changed === 1 ? '1 dish was changed.' : `${changed.toLocaleString('en')} dishes were changed.`}</p>
      {refused.length > 0 ? (
        <div>
          <p>
            {isOne ? '1 dish was' : `${refused.length} dishes were`} left alone, because somebody else changed{' '}
            {isOne ? 'it' : 'them'} after the preview:
          </p>
          <ul className="list-disc pl-6">
            {refused.map(({ id, name }) => (
              <li key={id}>{name}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  )
}
