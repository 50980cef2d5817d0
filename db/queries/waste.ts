import { sql } from 'drizzle-orm'
import { validate as isUuid } from 'uuid'
import type { BusinessDate } from '@/domain/business-day'
import type { RestaurantScope } from '@/domain/scope'
import type { Unit, WasteReason } from '@/domain/vocabulary'
import type { Db } from '../client'
import { milliseconds } from '../fragments/milliseconds'

export type WasteEntry = {
  id: string
  ingredientId: number
  ingredient: string
  unit: Unit
  /** A numeric string in the unit. */
  quantity: string
  reason: WasteReason
  note: string
  /** Cents, rounded: what it was worth. */
  value: number
  businessDate: BusinessDate
  /** Milliseconds since 1970. */
  at: number
  by: string | null
}

/** What somebody wrote off here, newest first, at most `limit`, older than the entry `before`. */
export async function listWaste(
  db: Db,
  scope: RestaurantScope<'stock:read'>,
  { before, limit }: { before: string | null; limit: number },
): Promise<WasteEntry[]> {
  const older = before !== null && isUuid(before) ? sql`and w.id < ${before}::uuid` : sql``
  return db.execute<WasteEntry>(sql`
    select w.id, w.ingredient_id as "ingredientId", i.name as ingredient, i.unit, trim_scale(w.quantity) as quantity,
      w.reason, w.note, to_json(round(w.quantity * w.unit_price)) as value, w.business_date::text as "businessDate",
      ${milliseconds(sql`w.created_at`)} as at, u.name as by
    from waste_entries w
    join ingredients i on i.id = w.ingredient_id
    left join users u on u.id = w.created_by
    where w.restaurant_id = ${scope.restaurant.id} ${older}
    order by w.id desc limit ${limit}`)
}
