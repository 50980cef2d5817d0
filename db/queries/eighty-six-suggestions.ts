import { sql } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
import type { Db } from '../client'
import { dishesOnMenu } from '../fragments/menu'
import { onHandHere } from '../fragments/portions'
import { firstUuid7 } from '../fragments/uuid'

export type EightySixSuggestions = {
  /** On the menu though not one portion can be prepared, with what is missing, by name. */
  eightySix: { menuItemId: number; name: string; missing: string[] }[]
  /** Off, though everything for it is there and something of it came in since it was taken off. */
  putBack: { menuItemId: number; name: string; came: string[] }[]
}

/** What stock says about this restaurant's menu. Names only: who 86es dishes need not see the stock. */
export async function listSuggestions(
  db: Db,
  scope: RestaurantScope<'menu:eighty_six'>,
): Promise<EightySixSuggestions> {
  const { id: restaurantId } = scope.restaurant
  const [found] = await db.execute<EightySixSuggestions>(sql`
    with line as (
      select d.id, d.name, d.eighty_sixed, l.ingredient_id, l.position, ${onHandHere} < l.quantity as is_missing
      from ${dishesOnMenu(scope)} d
      join recipe_ingredients l on l.recipe_id = d.recipe_id
      left join stock_levels s on s.restaurant_id = ${restaurantId} and s.ingredient_id = l.ingredient_id
    ), short as (
      select l.id, l.name, array_agg(i.name order by l.position, i.id) as missing
      from line l join ingredients i on i.id = l.ingredient_id
      where l.is_missing and not l.eighty_sixed
      group by l.id, l.name
    ), back as (
      select l.id, l.name, array_agg(i.name order by l.position, i.id) filter (where c.came) as came
      from line l
      join menu_overrides o on o.restaurant_id = ${restaurantId} and o.menu_item_id = l.id
      join ingredients i on i.id = l.ingredient_id
      cross join lateral (
        select exists (
          select from stock_movements m
          where m.restaurant_id = ${restaurantId} and m.ingredient_id = l.ingredient_id
            and m.id >= ${firstUuid7(sql`o.updated_at`)} and m.kind in ('received', 'transfer', 'count')
            and m.quantity > 0
        ) as came
      ) c
      where l.eighty_sixed
      group by l.id, l.name
      having not bool_or(l.is_missing) and bool_or(c.came)
    )
    select (
      select coalesce(json_agg(json_build_object('menuItemId', id, 'name', name, 'missing', missing) order by name, id),
        '[]') from short
    ) as "eightySix", (
      select coalesce(json_agg(json_build_object('menuItemId', id, 'name', name, 'came', came) order by name, id), '[]')
      from back
    ) as "putBack"`)
  if (!found) throw new Error('A select without FROM returned no row.')
  return found
}
