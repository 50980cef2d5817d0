import { sql } from 'drizzle-orm'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'
import { CATEGORY_ORDER, categoriesIn } from '../fragments/categories'
import { readDrafted } from '../records/drafted'
import { keyText, type RecordKey } from '../records/kind'
import { RECORDS } from '../records/kinds'
import { lockOpenSet, saveDraft } from './drafts'
import { announce, nothingStale, writeRecords } from './record-changes'
import { transact } from './transact'

type Scope = ChainScope<'menu:edit'>

export type CategoryOrder = {
  /** The ids in the order in which they were shown, and as they are to be. */
  seen: readonly number[]
  order: readonly number[]
  changeSetId: number | null
}

export type Ordered = { ok: true; changed: number } | { ok: false; reason: 'order_changed' | 'set_closed' }

/**
 * Puts all categories into another order at once, live or in a change set, if they still stand as they were shown.
 * `order` must hold the ids of `seen`.
 */
export function orderCategories(
  db: Db,
  scope: Scope,
  { seen, order, changeSetId }: CategoryOrder,
): Promise<Ordered> {
  return transact<Ordered>(db, async (tx, refuse): Promise<Ordered> => {
    if (changeSetId !== null && !(await lockOpenSet(tx, changeSetId)))
      return { ok: false, reason: 'set_closed' }
    const keys = seen.map((id) => ({ id, restaurantId: null }))
    const live = await RECORDS.category.read(tx, keys, true)
    const standing = await tx.execute<{ id: number }>(sql`
      select id from ${categoriesIn(changeSetId)} c order by ${CATEGORY_ORDER}`)
    if (
      !sameList(
        standing.map(({ id }) => id),
        seen,
      )
    )
      return { ok: false, reason: 'order_changed' }

    if (changeSetId !== null) return { ok: true, changed: await draftOrder(tx, scope, order, changeSetId) }
    const changes = order.flatMap((id, sortOrder) => {
      const key: RecordKey = { id, restaurantId: null }
      const before = live.get(keyText(key))
      return before && before.sortOrder !== sortOrder
        ? [{ key, before, after: { ...before, sortOrder } }]
        : []
    })
    const stale = nothingStale()
    const refused = await writeRecords(tx, { userId: scope.actor.userId }, 'category', changes, stale)
    if (refused) throw refuse({ ok: false, reason: 'order_changed' })
    await announce(tx, stale)
    return { ok: true, changed: changes.length }
  })
}

const sameList = (one: readonly number[], other: readonly number[]) =>
  one.length === other.length && one.every((id, n) => id === other[n])

async function draftOrder(
  tx: Db,
  scope: Scope,
  order: readonly number[],
  changeSetId: number,
): Promise<number> {
  let changed = 0
  for (const [sortOrder, id] of order.entries()) {
    const key: RecordKey = { id, restaurantId: null }
    const { doc: base } = await readDrafted(tx, 'category', key, changeSetId)
    if (!base || base.sortOrder === sortOrder) continue
    const saved = await saveDraft(tx, scope, 'category', {
      changeSetId,
      key,
      base,
      doc: { ...base, sortOrder },
    })
    if (!saved.ok) throw new Error(`The order of category ${id} was refused: ${saved.reason}.`)
    changed++
  }
  return changed
}
