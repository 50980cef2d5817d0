import type { MoneyFormat } from '@/app/_ui/money'
import type { Db } from '@/db/client'
import type { WishConflict } from '@/db/mutations/publication'
import { listLastChanges } from '@/db/queries/last-changes'
import { getReferenceNames } from '@/db/queries/reference-names'
import { referencesIn } from '@/domain/references'
import type { ChainScope } from '@/domain/scope'
import { fieldLabel, SUBJECT_WORDS, valueWords } from '../field-words'
import { whenWords } from './when-words'

/** A conflict as a person reads it, and as the form sends it back. */
export type ShownConflict = {
  subject: WishConflict['subject']
  id: number
  restaurantId: number | null
  field: string
  theirs: unknown
  /** `Price of dish “Soup”`. */
  title: string
  /** The value as others made it, and the value as the change would make it. */
  now: string
  wanted: string
  /** Who changed it last, and when. */
  last: string
}

/** Conflicts in words and numbers, with who changed each record last. */
export async function conflictWords(
  db: Db,
  scope: ChainScope<'menu:edit'>,
  conflicts: readonly WishConflict[],
  format: MoneyFormat,
): Promise<ShownConflict[]> {
  const values = conflicts.flatMap(({ field, theirs, mine }) => [{ [field]: theirs }, { [field]: mine }])
  const names = await getReferenceNames(db, scope, referencesIn(values))
  const last = await listLastChanges(db, scope, conflicts)
  return conflicts.map(({ subject, key, field, theirs, mine, name }, place) => {
    const by = last[place]
    return {
      subject,
      id: key.id,
      restaurantId: key.restaurantId,
      field,
      theirs: theirs ?? null,
      title: `${fieldLabel(subject, field)} · ${SUBJECT_WORDS[subject]}${name ? ` “${name}”` : ''}`,
      now: valueWords(subject, field, theirs, { format, names }),
      wanted: valueWords(subject, field, mine, { format, names }),
      last: by ? `${by.by ?? 'The system'}, ${whenWords(by.at, format.locale)}` : 'nobody knows who',
    }
  })
}
