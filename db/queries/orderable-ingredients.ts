import { sql } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
import type { Unit } from '@/domain/vocabulary'
import type { Db } from '../client'

type Scope = RestaurantScope<'stock:read'>

export type OrderableIngredient = {
  id: number
  name: string
  unit: Unit
  /** Numeric string in the unit. */
  packSize: string
  /** Delivered by the supplier that was asked for. */
  isTheirs: boolean
}

/** More than any chain stocks; who is left out can still be typed. */
const MOST = 5000

/** Active ingredients that can be added to an order: first those that the supplier delivers, by name. */
export async function listOrderableIngredients(
  db: Db,
  _scope: Scope,
  { supplierId }: { supplierId: number },
): Promise<OrderableIngredient[]> {
  return db.execute<OrderableIngredient>(sql`
    select id, name, unit, trim_scale(pack_size) as "packSize", supplier_id = ${supplierId} as "isTheirs"
    from ingredients where is_active
    order by supplier_id = ${supplierId} desc, name, id
    limit ${MOST}`)
}

/** The active ingredients of some names, compared as people compare them (`name_key`): their numbers, by what was typed. */
export async function findOrderableIngredients(
  db: Db,
  _scope: Scope,
  { names }: { names: readonly string[] },
): Promise<Map<string, number>> {
  if (names.length === 0) return new Map()
  const rows = await db.execute<{ typed: string; id: number }>(sql`
    select distinct on (g.typed) g.typed, i.id
    from unnest(${sql.param(names)}::text[]) as g (typed)
    join ingredients i on name_key(i.name) = name_key(g.typed) and i.is_active
    order by g.typed, i.name = g.typed desc, i.id`)
  return new Map(rows.map(({ typed, id }) => [typed, id]))
}
