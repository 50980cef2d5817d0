'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { settle } from '../actions'
import { ConflictChoice } from '../conflict-choice'
import type { ShownConflict } from '../conflict-words'

/** Where somebody changed live what the change set changes: both values, and whose stays. */
export function SettleForm({
  changeSetId,
  conflicts,
}: {
  changeSetId: number
  conflicts: readonly (ShownConflict & { editId: number })[]
}) {
  const [result, action, isPending] = useActionState<Awaited<ReturnType<typeof settle>> | null, FormData>(
    settle,
    null,
  )
  return (
    <form
      action={action}
      onSubmit={(event) => isPending && event.preventDefault()}
      className="grid gap-3"
      aria-busy={isPending}
    >
      <input type="hidden" name="changeSet" value={changeSetId} />
      <FormMessage>{result?.ok === false && result.message}</FormMessage>
      {conflicts.map(({ editId, field, theirs, title, now, wanted, last }, place) => {
        const name = (part: string) => `conflicts.${place}.${part}`
        return (
          // Another live value is another question: nothing is chosen yet.
          <fieldset key={`${editId} ${field} ${JSON.stringify(theirs)}`}>
            <legend className="font-semibold wrap-anywhere">{title}</legend>
            <input type="hidden" name={name('edit')} value={editId} />
            <input type="hidden" name={name('field')} value={field} />
            <input type="hidden" name={name('theirs')} value={JSON.stringify(theirs)} />
            <ConflictChoice name={name('choice')} value="theirs">
              Leave it as it is now: {now} <span className="text-muted">(changed by {last})</span>
            </ConflictChoice>
            <ConflictChoice name={name('choice')} value="mine">
              Publish it as this change set has it: {wanted}
            </ConflictChoice>
          </fieldset>
        )
      })}
      <Button className="justify-self-start" aria-busy={isPending}>
        Keep these choices
      </Button>
    </form>
  )
}
