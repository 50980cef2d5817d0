import { sql } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
import type { Unit } from '@/domain/vocabulary'
import type { Db } from '../client'

export type StockedIngredient = { ingredientId: number; name: string; unit: Unit }

/** What a restaurant may write off or send elsewhere: its active ingredients by name, at most `limit` of them. */
export async function listStockedIngredients(
  db: Db,
  scope: RestaurantScope<'stock:read'>,
  { limit }: { limit: number },
): Promise<StockedIngredient[]> {
  return db.execute<StockedIngredient>(sql`
    select i.id as "ingredientId", i.name, i.unit
    from stock_levels s join ingredients i on i.id = s.ingredient_id
    where s.restaurant_id = ${scope.restaurant.id} and i.is_active
    order by i.name, i.id limit ${limit}`)
}

/**
 * The active ingredients that somebody meant who typed `names`, each at its name's place; null where there is none.
 * Names are compared as people compare them, without case and accents.
 */
export async function findIngredientsByName(
  db: Db,
  _scope: RestaurantScope<'stock:write'>,
  { names }: { names: readonly string[] },
): Promise<(StockedIngredient | null)[]> {
  const rows = await db.execute<{ found: StockedIngredient | null }>(sql`
    select (
      select json_build_object('ingredientId', i.id, 'name', i.name, 'unit', i.unit)
      from ingredients i where name_key(i.name) = name_key(typed.name) and i.is_active
      order by i.name = typed.name desc, i.id limit 1
    ) as found
    from unnest(${sql.param(names)}::text[]) with ordinality as typed (name, place)
    order by typed.place`)
  return rows.map(({ found }) => found)
}
