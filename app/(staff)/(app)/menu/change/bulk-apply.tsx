'use client'

import Link from 'next/link'
import { type ReactNode, useActionState, useEffect, useRef } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { changeDishes, undoBulk } from './actions'
import type { ChangeFields } from './change-params'

type Changed = Extract<Awaited<ReturnType<typeof changeDishes>>, { ok: true }>

/** The preview with the button that makes it so; afterwards what was done, with a way back. */
export function BulkApply({
  fields,
  seen,
  label,
  back,
  isEmpty,
  children,
}: {
  fields: ChangeFields
  /** Of `seenText`. */
  seen: string
  /** What the button does. */
  label: string
  /** The list that the dishes were chosen in. */
  back: string
  /** Nothing would change: there is no button. */
  isEmpty: boolean
  children: ReactNode
}) {
  const [answer, submit, isPending] = useActionState<
    Awaited<ReturnType<typeof changeDishes>> | null,
    FormData
  >(changeDishes, null)
  if (answer?.ok) return <Done changed={answer} back={back} />
  return (
    <form action={submit} onSubmit={(event) => isPending && event.preventDefault()} className="grid gap-3">
      <FormMessage>{answer?.message}</FormMessage>
      {Object.entries({ ...fields, seen }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {isEmpty ? null : (
        <Button variant="primary" aria-busy={isPending} className="justify-self-start">
          {label}
        </Button>
      )}
      {children}
    </form>
  )
}

function Done({ changed, back }: { changed: Changed; back: string }) {
  const [undone, undo, isPending] = useActionState<Awaited<ReturnType<typeof undoBulk>> | null, FormData>(
    undoBulk,
    null,
  )
  const told = useRef<HTMLDivElement>(null)
  useEffect(() => told.current?.focus(), [])
  const { refused } = changed
  return (
    <div ref={told} tabIndex={-1} className="grid gap-3 outline-none">
      <div role="status" className="border-l-2 border-accent py-1 pl-3">
        {undone?.ok ? (
          <p>Undone: the dishes are as they were before.</p>
        ) : (
          <p>
            {changed.changed === 1
              ? '1 dish was changed.'
              : `${changed.changed.toLocaleString('en')} dishes were changed.`}
          </p>
        )}
      </div>
      {refused.length > 0 && !undone?.ok ? (
        <div>
          <p>
            {refused.length === 1 ? '1 dish was' : `${refused.length} dishes were`} left alone, because
            somebody else changed {refused.length === 1 ? 'it' : 'them'} after the preview:
          </p>
          <ul className="list-disc pl-6">
            {refused.map(({ id, name }) => (
              <li key={id}>{name}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <FormMessage>{undone?.ok === false ? undone.message : null}</FormMessage>
      <form action={undo} className="flex flex-wrap items-center gap-3">
        <input type="hidden" name="publication" value={changed.publicationId} />
        {undone?.ok ? null : undone?.reason === 'conflicts' ? (
          <Button name="keep" value="yes" aria-busy={isPending}>
            Undo the others
          </Button>
        ) : (
          <Button aria-busy={isPending}>Undo</Button>
        )}
        <Link href={back} prefetch={false} className="underline">
          Back to the menu
        </Link>
      </form>
    </div>
  )
}
