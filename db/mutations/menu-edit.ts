import type { MenuItem } from '@/domain/menu-item'
import { type FieldConflict, rebase } from '@/domain/record'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'
import { readDrafted } from '../records/drafted'
import { keyText } from '../records/kind'
import { menuItemRecords } from '../records/menu'
import { saveDraft } from './drafts'
import { announce, nothingStale, writeRecords } from './record-changes'
import { refusedByConstraint } from './records'
import { transact } from './transact'

/** The fields to set, and what they were when the person saw them. */
export type DishEdit = {
  menuItemId: number
  base: Partial<MenuItem>
  patch: Partial<MenuItem>
  /** The change set that it goes into; null: live at once. */
  changeSetId: number | null
}

export type EditedDish =
  | { ok: true; dish: MenuItem }
  | { ok: false; reason: 'gone' | 'refused' | 'set_closed' }
  /** A field is neither what the person saw nor what it shall be. Nothing was written. */
  | { ok: false; reason: 'changed_meanwhile'; dish: MenuItem; conflicts: FieldConflict[] }

/**
 * Sets single fields of a dish, live or in a change set; the others may have changed since the person saw them. A field that has the
 * wanted value already is fine, so that an edit may be sent twice.
 */
export function editDish(db: Db, scope: ChainScope<'menu:edit'>, edit: DishEdit): Promise<EditedDish> {
  const { changeSetId } = edit
  return changeSetId === null ? editLive(db, scope, edit) : editDraft(db, scope, { ...edit, changeSetId })
}

async function editLive(
  db: Db,
  scope: ChainScope<'menu:edit'>,
  { menuItemId, base, patch }: DishEdit,
): Promise<EditedDish> {
  const key = { id: menuItemId, restaurantId: null }
  const edited = await refusedByConstraint(() =>
    transact<EditedDish>(db, async (tx, refuse): Promise<EditedDish> => {
      const dish = (await menuItemRecords.read(tx, [key], true)).get(keyText(key))
      if (!dish) return { ok: false, reason: 'gone' }
      const left = rebase(base, patch, dish)
      if (left.conflicts.length > 0)
        return { ok: false, reason: 'changed_meanwhile', dish, conflicts: left.conflicts }
      const after: MenuItem = { ...dish, ...left.patch }
      if (Object.keys(left.patch).length === 0) return { ok: true, dish }
      const stale = nothingStale()
      const change = { key, before: dish, after }
      const refused = await writeRecords(tx, { userId: scope.actor.userId }, 'menu_item', [change], stale)
      if (refused) throw refuse({ ok: false, reason: 'refused' })
      await announce(tx, stale)
      return { ok: true, dish: after }
    }),
  )
  return edited.ok || !('field' in edited) ? edited : { ok: false, reason: 'refused' }
}

async function editDraft(
  db: Db,
  scope: ChainScope<'menu:edit'>,
  { menuItemId, base, patch, changeSetId }: DishEdit & { changeSetId: number },
): Promise<EditedDish> {
  const key = { id: menuItemId, restaurantId: null }
  const { doc: dish } = await readDrafted(db, 'menu_item', key, changeSetId)
  if (!dish) return { ok: false, reason: 'gone' }
  const left = rebase(base, patch, dish)
  if (left.conflicts.length > 0)
    return { ok: false, reason: 'changed_meanwhile', dish, conflicts: left.conflicts }
  const doc: MenuItem = { ...dish, ...left.patch }
  const saved = await saveDraft(db, scope, 'menu_item', { changeSetId, key, base: dish, doc })
  if (saved.ok) return { ok: true, dish: doc }
  if (saved.reason !== 'changed_meanwhile') return { ok: false, reason: saved.reason }
  return { ok: false, reason: 'changed_meanwhile', dish: saved.theirs, conflicts: [] }
}
