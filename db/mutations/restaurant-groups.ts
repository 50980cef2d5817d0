import { sql } from 'drizzle-orm'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'
import { recordAudit } from './audit'

type Scope = ChainScope<'menu:edit'>

/** Keeps restaurants under a name, to be chosen together; one of that name gets them instead of those it had. */
export function saveGroup(
  db: Db,
  scope: Scope,
  { name, restaurantIds }: { name: string; restaurantIds: readonly number[] },
): Promise<{ ok: true; groupId: number } | { ok: false; reason: 'no_restaurants' }> {
  const ids = scope.restaurantIds.filter((id) => restaurantIds.includes(id))
  if (ids.length === 0) return Promise.resolve({ ok: false, reason: 'no_restaurants' })
  return db.transaction(async (tx) => {
    const [group] = await tx.execute<{ id: number }>(sql`
      insert into restaurant_groups (name, restaurant_ids) values (${name}, ${sql.param(ids)}::int[])
      on conflict (name) do update set restaurant_ids = excluded.restaurant_ids returning id`)
    if (!group) throw new Error('The group was not kept.')
    await recordAudit(tx, {
      userId: scope.actor.userId,
      restaurantId: null,
      action: 'restaurant_group.saved',
      subject: 'restaurant_group',
      subjectId: String(group.id),
      after: { name, restaurantIds: ids },
    })
    return { ok: true, groupId: group.id }
  })
}

/** Forgets a group; its restaurants stay as they are. */
export function removeGroup(
  db: Db,
  scope: Scope,
  { groupId }: { groupId: number },
): Promise<{ ok: true } | { ok: false; reason: 'gone' }> {
  return db.transaction(async (tx) => {
    const [group] = await tx.execute<{ name: string; restaurantIds: number[] }>(sql`
      delete from restaurant_groups where id = ${groupId} returning name, restaurant_ids as "restaurantIds"`)
    if (!group) return { ok: false, reason: 'gone' }
    await recordAudit(tx, {
      userId: scope.actor.userId,
      restaurantId: null,
      action: 'restaurant_group.removed',
      subject: 'restaurant_group',
      subjectId: String(groupId),
      before: group,
    })
    return { ok: true }
  })
}
