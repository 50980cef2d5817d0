'use client'

import { Button } from '@/app/_ui/button'
import { ConflictChoice } from './conflict-choice'
import type { ShownConflict } from './conflict-words'

/** What was changed since a publication, with both values and who did it: nothing goes back before each is decided. */
export function UndoConflicts({
  publication,
  conflicts,
  more,
  action,
}: {
  publication: number
  conflicts: readonly ShownConflict[]
  /** How many there are besides: they stay as they are. */
  more: number
  action: (data: FormData) => void
}) {
  return (
    <form action={action} className="grid gap-3 border-y border-line py-3">
      <input type="hidden" name="publication" value={publication} />
      {conflicts.map(({ subject, id, restaurantId, field, theirs, title, now, wanted, last }, place) => {
        const name = (part: string) => `conflicts.${place}.${part}`
        return (
          <fieldset key={`${subject} ${id} ${restaurantId} ${field}`}>
            <legend className="font-semibold wrap-anywhere">{title}</legend>
            <input type="hidden" name={name('subject')} value={subject} />
            <input type="hidden" name={name('id')} value={id} />
            <input type="hidden" name={name('restaurant')} value={restaurantId ?? ''} />
            <input type="hidden" name={name('field')} value={field} />
            <input type="hidden" name={name('theirs')} value={JSON.stringify(theirs)} />
            <ConflictChoice name={name('choice')} value="keep" checked>
              Keep {now} <span className="text-muted">(changed by {last})</span>
            </ConflictChoice>
            <ConflictChoice name={name('choice')} value="undo">
              Undo all the same: back to {wanted}
            </ConflictChoice>
          </fieldset>
        )
      })}
      {more > 0 ? (
        <p>
          <input type="hidden" name="others" value="keep" />
          {more.toLocaleString()} more were changed since, and stay as they are.
        </p>
      ) : null}
      <Button variant="primary" className="justify-self-start">
        Undo with these choices
      </Button>
    </form>
  )
}
