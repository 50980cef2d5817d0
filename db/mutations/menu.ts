import { sql } from 'drizzle-orm'
import { menuTag } from '@/domain/cache-tags'
import type { RestaurantScope } from '@/domain/scope'
import { commitWith, type Db } from '../client'
import { recordAudit } from './audit'
import { feedBump } from './feed'
import { invalidate } from './invalidate'

type Scope = RestaurantScope<'menu:eighty_six'>

export type EightySixed =
  | { ok: true }
  | { ok: false; reason: 'unknown_dish' }
  /** `until` has passed already: the dish would stay on the menu. */
  | { ok: false; reason: 'already_over' }

/**
 * Takes a dish off this restaurant's menu until an instant, or with null until somebody puts it back. A countdown of it
 * ends.
 */
export function eightySix(
  db: Db,
  scope: Scope,
  { menuItemId, until }: { menuItemId: number; until: Date | null },
): Promise<EightySixed> {
  if (until && until.getTime() <= Date.now()) return Promise.resolve({ ok: false, reason: 'already_over' })
  const eightySixUntil = until ? until.toISOString() : 'infinity'
  return setOffer(db, scope, menuItemId, 'menu_item.eighty_sixed', { eightySixUntil, portionsLeft: null })
}

/**
 * Puts a dish back on this restaurant's menu and ends its countdown. One that is not off stays as it is, and that is no
 * error.
 */
export const unEightySix = (
  db: Db,
  scope: Scope,
  { menuItemId }: { menuItemId: number },
): Promise<EightySixed> =>
  setOffer(db, scope, menuItemId, 'menu_item.put_back', { eightySixUntil: null, portionsLeft: null })

/** How many portions a countdown can begin with. */
const MOST_PORTIONS = 9999

/**
 * Sells so many more portions (1 to 9999) of a dish here: orders count them down, and the last one 86es it until somebody
 * puts it back. A dish that was off is on the menu again. Throws a RangeError for any other number.
 */
export async function setCountdown(
  db: Db,
  scope: Scope,
  { menuItemId, portions }: { menuItemId: number; portions: number },
): Promise<Exclude<EightySixed, { reason: 'already_over' }>> {
  if (!Number.isInteger(portions) || portions < 1 || portions > MOST_PORTIONS) {
    throw new RangeError(`Not a number of portions: ${portions}`)
  }
  return setOffer(db, scope, menuItemId, 'menu_item.counted_down', {
    eightySixUntil: null,
    portionsLeft: portions,
  })
}

type Offer = {
  /** ISO 8601, `infinity`, or null for "on the menu". */
  eightySixUntil: string | null
  portionsLeft: number | null
}

function setOffer(
  db: Db,
  scope: Scope,
  menuItemId: number,
  action: string,
  offer: Offer,
): Promise<{ ok: true } | { ok: false; reason: 'unknown_dish' }> {
  const { id: restaurantId } = scope.restaurant
  const stored = sql`json_build_object('eightySixUntil', eighty_six_until::text, 'portionsLeft', portions_left) as offer`
  return db.transaction(async (tx) => {
    const locked = () =>
      tx.execute<{ offer: Offer }>(sql`
        select ${stored} from menu_overrides
        where restaurant_id = ${restaurantId} and menu_item_id = ${menuItemId} for no key update`)
    let [before] = await locked()
    if (!before) {
      // There was no row to lock: of two who 86 it first at once, the second must find what the first did.
      await tx.execute(sql`
        insert into menu_overrides (restaurant_id, menu_item_id)
        select ${restaurantId}::int, m.id from menu_items m where m.id = ${menuItemId}
        on conflict (restaurant_id, menu_item_id) do nothing`)
      ;[before] = await locked()
    }
    if (!before) return { ok: false, reason: 'unknown_dish' }
    const [after] = await tx.execute<{ offer: Offer }>(sql`
      update menu_overrides set eighty_six_until = ${offer.eightySixUntil}::timestamptz,
        portions_left = ${offer.portionsLeft}::int, updated_at = now()
      where restaurant_id = ${restaurantId} and menu_item_id = ${menuItemId}
      returning ${stored}`)
    await invalidate(tx, [menuTag(restaurantId)])
    await recordAudit(tx, {
      userId: scope.actor.userId,
      restaurantId,
      action,
      subject: 'menu_item',
      subjectId: String(menuItemId),
      before: before.offer,
      after: after?.offer ?? null,
    })
    await commitWith(tx, [feedBump(tx, restaurantId)])
    return { ok: true }
  })
}
