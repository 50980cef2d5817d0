import { sql } from 'drizzle-orm'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'
import { listEdits } from '../records/edits'
import { recordAudit } from './audit'
import { lockOpenSet } from './drafts'
import { type Published, publishWishes, type Unpublishable } from './publication'
import { type Left, wishesForAll, wishesForSome } from './publish-wishes'
import { refusedByConstraint } from './records'
import { transact } from './transact'

export type PublishAnswer =
  | Published
  | Unpublishable
  | { ok: false; reason: 'set_closed' }
  | { ok: false; reason: 'name_taken' | 'unknown_reference' | 'unit_in_use'; field: string }

/**
 * Publishes an open change set, all in one transaction. For the whole chain (`restaurantIds` null) the set is done
 * then. For some restaurants, what they can have of their own (price, availability, new dishes with what those need)
 * goes live there as overrides; the rest stays in the set, which stays open.
 */
export function publishChangeSet(
  db: Db,
  scope: ChainScope<'menu:edit'>,
  { changeSetId, restaurantIds: asked }: { changeSetId: number; restaurantIds: readonly number[] | null },
): Promise<PublishAnswer> {
  const { userId } = scope.actor
  const restaurantIds = asked && scope.restaurantIds.filter((id) => asked.includes(id))
  return refusedByConstraint(() =>
    transact<PublishAnswer>(db, async (tx, refuse) => {
      const set = await lockOpenSet(tx, changeSetId)
      if (!set) return { ok: false, reason: 'set_closed' }
      const edits = await listEdits(tx, changeSetId)
      const { wishes, left } = restaurantIds
        ? await wishesForSome(tx, edits, restaurantIds)
        : { wishes: await wishesForAll(tx, edits), left: null }
      const head = { name: set.name, changeSetId, undoes: null, restaurantIds, userId }
      const published = await publishWishes(tx, head, wishes)
      if (!published.ok) throw refuse(published)
      const { publicationId } = published
      if (left) await keepTheRest(tx, changeSetId, left)
      await closeIfDone(tx, changeSetId, left === null)
      const told = { publicationId, restaurantIds }
      await recordAudit(tx, {
        userId,
        restaurantId: null,
        action: 'change_set.published',
        subject: 'change_set',
        subjectId: String(changeSetId),
        after: told,
      })
      return published
    }),
  )
}

async function keepTheRest(tx: Db, changeSetId: number, left: readonly Left[]): Promise<void> {
  const done = left.filter(({ rest }) => rest === null).map(({ id }) => id)
  await tx.execute(sql`
    delete from change_set_edits where change_set_id = ${changeSetId} and id = any(${sql.param(done)}::int[])`)
  const rest = left.flatMap(({ id, rest }) => (rest ? [{ id, ...rest }] : []))
  await tx.execute(sql`
    update change_set_edits e set is_new = false, base = g.base, patch = g.patch, given = g.given
    from jsonb_to_recordset(${JSON.stringify(rest)}::text::jsonb)
      as g (id int, base jsonb, patch jsonb, given jsonb)
    where e.id = g.id`)
}

async function closeIfDone(tx: Db, changeSetId: number, isWhole: boolean): Promise<void> {
  await tx.execute(sql`
    update change_sets s set state = 'published', closed_at = now()
    where id = ${changeSetId}
      and (${isWhole} or not exists (select from change_set_edits e where e.change_set_id = s.id))`)
}
