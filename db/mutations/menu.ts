import { sql } from 'drizzle-orm'
import { menuTag } from '@/domain/cache-tags'
import type { RestaurantScope } from '@/domain/scope'
import type { Db } from '../client'
import { recordAudit } from './audit'
import { bumpFeed } from './feed'
import { invalidate } from './invalidate'

type Scope = RestaurantScope<'menu:eighty_six'>

export type EightySixed =
  | { ok: true }
  | { ok: false; reason: 'unknown_dish' }
  /** `until` has passed already: the dish would stay on the menu. */
  | { ok: false; reason: 'already_over' }

/** Takes a dish off this restaurant's menu until an instant, or with null until somebody puts it back. */
export function eightySix(
  db: Db,
  scope: Scope,
  { menuItemId, until }: { menuItemId: number; until: Date | null },
): Promise<EightySixed> {
  if (until && until.getTime() <= Date.now()) return Promise.resolve({ ok: false, reason: 'already_over' })
  return setEightySix(db, scope, menuItemId, until ? until.toISOString() : 'infinity')
}

/** Puts a dish back on this restaurant's menu. One that is not off stays as it is, and that is no error. */
export const unEightySix = (
  db: Db,
  scope: Scope,
  { menuItemId }: { menuItemId: number },
): Promise<EightySixed> => setEightySix(db, scope, menuItemId, null)

/** @param until ISO 8601, `infinity`, or null for "on the menu" */
function setEightySix(db: Db, scope: Scope, menuItemId: number, until: string | null): Promise<EightySixed> {
  const { id: restaurantId } = scope.restaurant
  return db.transaction(async (tx): Promise<EightySixed> => {
    const [before] = await tx.execute<{ until: string | null }>(sql`
      select eighty_six_until::text as until from menu_overrides
      where restaurant_id = ${restaurantId} and menu_item_id = ${menuItemId} for update`)
    const [after] = await tx.execute<{ until: string | null }>(sql`
      insert into menu_overrides (restaurant_id, menu_item_id, eighty_six_until)
      select ${restaurantId}::int, m.id, ${until}::timestamptz from menu_items m where m.id = ${menuItemId}
      on conflict (restaurant_id, menu_item_id) do update
        set eighty_six_until = excluded.eighty_six_until, updated_at = now()
      returning eighty_six_until::text as until`)
    if (!after) return { ok: false, reason: 'unknown_dish' }
    await invalidate(tx, [menuTag(restaurantId)])
    await recordAudit(tx, {
      userId: scope.actor.userId,
      restaurantId,
      action: until ? 'menu_item.eighty_sixed' : 'menu_item.put_back',
      subject: 'menu_item',
      subjectId: String(menuItemId),
      before: { eightySixUntil: before?.until ?? null },
      after: { eightySixUntil: after.until },
    })
    await bumpFeed(tx, scope)
    return { ok: true }
  })
}
