import type { MoneyFormat } from '@/app/_ui/money'
import type { Db } from '@/db/client'
import { type ChangeSet, listOwnValues } from '@/db/queries/change-sets'
import { getReferenceNames, type ReferenceNames } from '@/db/queries/reference-names'
import { referencesIn } from '@/domain/references'
import type { ChainScope } from '@/domain/scope'
import { conflictWords } from '../conflict-words'
import { whenWords } from '../when-words'
import type { EditRow } from './edit-list'
import { editWords } from './edit-words'

/** What a change set does and what stands in its way, in words. */
export async function changeSetWords(
  db: Db,
  scope: ChainScope<'menu:edit'>,
  { edits }: ChangeSet,
  restaurants: readonly { id: number; name: string }[],
  format: MoneyFormat,
) {
  const dishes = edits.filter(({ subject }) => subject === 'menu_item').map(({ key }) => key.id)
  const [names, own] = await Promise.all([
    getReferenceNames(db, scope, referencesIn(edits.flatMap(({ live, patch, base }) => [live, base, patch]))),
    listOwnValues(db, scope, { menuItemIds: dishes }),
  ])
  nameNew(names, edits)
  const places = new Map(restaurants.map(({ id, name }) => [id, name]))
  const rows = edits.map((edit): EditRow => {
    const { by, at, ...words } = editWords(edit, own, places, { format, names })
    return { ...words, hand: `${by ?? 'The system'}, ${whenWords(at, format.locale)}` }
  })
  const found = edits.flatMap(({ id, subject, key, name, conflicts }) =>
    conflicts.map((conflict) => ({ ...conflict, subject, key, name, editId: id })),
  )
  const shown = found.length > 0 ? await conflictWords(db, scope, found, format) : []
  const conflicts = shown.map((conflict, place) => ({ ...conflict, editId: found[place]?.editId ?? 0 }))
  return { rows, conflicts }
}

/** Categories and recipes that exist in the change set only have their names there. */
function nameNew(names: ReferenceNames, edits: ChangeSet['edits']): void {
  for (const { subject, key, base, name } of edits) {
    if (base === null && (subject === 'category' || subject === 'recipe')) names[subject][key.id] = { name }
  }
}
