import { type SQL, sql } from 'drizzle-orm'
import { firstUuid7 } from './uuid'

/**
 * A query of what a count corrects: `restaurant_id`, `ingredient_id` and `difference`. Corrections of other counts since
 * a line was typed are in today's stock already.
 */
export const countDifferences = (restaurantId: number, countId: string): SQL => sql`
  select l.restaurant_id, l.ingredient_id, l.counted - l.expected - coalesce((
    select sum(m.quantity) from stock_movements m
    where m.restaurant_id = l.restaurant_id and m.ingredient_id = l.ingredient_id and m.kind = 'count'
      and m.id >= ${firstUuid7(sql`l.counted_at`)}
      and m.created_at > l.counted_at
  ), 0) as difference
  from stock_count_lines l
  where l.restaurant_id = ${restaurantId} and l.count_id = ${countId}::uuid and l.counted is not null`
