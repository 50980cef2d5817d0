import { sql } from 'drizzle-orm'
import { validate as isUuid } from 'uuid'
import type { RestaurantScope } from '@/domain/scope'
import type { Unit } from '@/domain/vocabulary'
import type { Db } from '../client'
import { milliseconds } from '../fragments/milliseconds'

export type ListedTransfer = {
  id: string
  /** Whether it left here, or came here from the other one. */
  left: boolean
  other: string
  note: string
  /** Milliseconds since 1970. */
  at: number
  by: string | null
  /** Cents, rounded: what it was worth. */
  value: number
  lines: { ingredientId: number; ingredient: string; unit: Unit; quantity: string }[]
}

/** What left this restaurant for others and came from them, newest first, at most `limit`, older than `before`. */
export async function listTransfers(
  db: Db,
  scope: RestaurantScope<'stock:read'>,
  { before, limit }: { before: string | null; limit: number },
): Promise<ListedTransfer[]> {
  const { id: restaurantId } = scope.restaurant
  const older = before !== null && isUuid(before) ? sql`and id < ${before}::uuid` : sql``
  return db.execute<ListedTransfer>(sql`
    select t.id, t."left", r.name as other, t.note, ${milliseconds(sql`t.created_at`)} as at, u.name as by,
      l.value, l.lines
    from (
      (select *, true as "left", to_restaurant_id as other_id from stock_transfers
        where restaurant_id = ${restaurantId} ${older} order by id desc limit ${limit})
      union all
      (select *, false, restaurant_id from stock_transfers
        where to_restaurant_id = ${restaurantId} ${older} order by id desc limit ${limit})
    ) t
    join restaurants r on r.id = t.other_id
    left join users u on u.id = t.created_by
    cross join lateral (
      select to_json(coalesce(sum(round(l.quantity * l.unit_price)), 0)) as value,
        json_agg(json_build_object('ingredientId', i.id, 'ingredient', i.name, 'unit', i.unit,
          'quantity', trim_scale(l.quantity)::text) order by i.name) as lines
      from stock_transfer_lines l join ingredients i on i.id = l.ingredient_id
      where l.restaurant_id = t.restaurant_id and l.transfer_id = t.id
    ) l
    order by t.id desc limit ${limit}`)
}
