import { sql } from 'drizzle-orm'
import type { DishComponent } from '@/domain/all-day'
import type { RestaurantScope } from '@/domain/scope'
import type { Station } from '@/domain/vocabulary'
import type { Db } from '../client'
import { dishesOnMenu } from '../fragments/menu'

export type DishBook = {
  /** What this restaurant sells, off or not, by name. */
  dishes: { id: number; name: string; station: Station }[]
  /** What a portion of each takes from the batches that the kitchen makes ahead. */
  components: DishComponent[]
}

/** What a wall has to know about dishes besides its tickets: which there are to 86, and what they are made from. */
export async function getDishBook(db: Db, scope: RestaurantScope): Promise<DishBook> {
  const [book] = await db.execute<DishBook>(sql`
    with dishes as materialized (select id, name, station, recipe_id from ${dishesOnMenu(scope)} on_menu)
    select
      (select coalesce(json_agg(json_build_object('id', id, 'name', name, 'station', station) order by name, id), '[]')
        from dishes) as dishes,
      (select coalesce(json_agg(json_build_object(
          'menuItemId', d.id, 'name', c.name, 'quantity', c.quantity::text, 'unit', c.unit
        ) order by c.name, d.id), '[]')
        from dishes d join recipe_components c on c.recipe_id = d.recipe_id) as components`)
  if (!book) throw new Error('A select without FROM returned no row.')
  return book
}
