import { sql } from 'drizzle-orm'
import { STOCK_ALERTS_TAG } from '@/domain/cache-tags'
import type { ChainScope } from '@/domain/scope'
import type { AlertAnswer } from '@/domain/stock-input'
import type { Db } from '../client'
import { recordAudit } from './audit'
import { invalidate } from './invalidate'

export type AnsweredAlert =
  | { ok: true }
  /** There is no alert any more: stock has recovered, or this is not one of your restaurants. */
  | { ok: false; reason: 'no_alert' | 'already_over' }

/**
 * Acknowledges all that is open about an ingredient in a restaurant, or snoozes it until an instant, with a reason: who
 * and when is kept with it. What gets worse later raises an alert of its own, which is not acknowledged.
 */
export function answerAlert(
  db: Db,
  scope: ChainScope<'stock:write'>,
  { restaurantId, ingredientId, reason, until }: AlertAnswer,
): Promise<AnsweredAlert> {
  if (!scope.restaurantIds.includes(restaurantId)) return Promise.resolve({ ok: false, reason: 'no_alert' })
  const { userId } = scope.actor
  return db.transaction(async (tx): Promise<AnsweredAlert> => {
    // Stock that moves holds the level while it raises and clears; waiting for it here, nobody waits crosswise.
    const [level] = await tx.execute<{ isOver: boolean }>(sql`
      select coalesce(${until?.toISOString() ?? null}::timestamptz <= now(), false) as "isOver"
      from stock_levels where restaurant_id = ${restaurantId} and ingredient_id = ${ingredientId}
      for no key update`)
    if (level?.isOver) return { ok: false, reason: 'already_over' }
    const answered = await tx.execute(sql`
      update stock_alerts set acknowledged_at = now(), acknowledged_by = ${userId}::int, reason = ${reason},
        snoozed_until = ${until?.toISOString() ?? null}::timestamptz
      where restaurant_id = ${restaurantId} and ingredient_id = ${ingredientId} and cleared_at is null
      returning 1`)
    if (answered.length === 0) return { ok: false, reason: 'no_alert' }
    await recordAudit(tx, {
      userId,
      restaurantId,
      action: until ? 'stock_level.alert_snoozed' : 'stock_level.alert_acknowledged',
      subject: 'stock_level',
      subjectId: String(ingredientId),
      after: { reason, snoozedUntil: until?.toISOString() ?? null },
    })
    await invalidate(tx, [STOCK_ALERTS_TAG])
    return { ok: true }
  })
}
