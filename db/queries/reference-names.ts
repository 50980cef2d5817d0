import { sql } from 'drizzle-orm'
import type { ReferenceKind, References } from '@/domain/references'
import type { ChainScope } from '@/domain/scope'
import type { Unit } from '@/domain/vocabulary'
import type { Db } from '../client'

/** Names by number; of an ingredient its unit too. What there is not is left out. */
export type ReferenceNames = Record<ReferenceKind, Record<number, { name: string; unit?: Unit }>>

/** What the numbers stand for that `referencesIn` found in records, in one statement. */
export async function getReferenceNames(
  db: Db,
  _scope: ChainScope,
  { category, recipe, ingredient, supplier, chef }: References,
): Promise<ReferenceNames> {
  const ids = (list: number[]) => sql`${sql.param(list)}::int[]`
  const [row] = await db.execute<{ names: Record<ReferenceKind, ReferenceNames[ReferenceKind] | null> }>(sql`
    select json_build_object(
      'category', (select json_object_agg(id, json_build_object('name', name)) from categories
        where id = any(${ids(category)})),
      'recipe', (select json_object_agg(id, json_build_object('name', title)) from recipes where id = any(${ids(recipe)})),
      'ingredient', (select json_object_agg(id, json_build_object('name', name, 'unit', unit)) from ingredients
        where id = any(${ids(ingredient)})),
      'supplier', (select json_object_agg(id, json_build_object('name', name)) from suppliers
        where id = any(${ids(supplier)})),
      'chef', (select json_object_agg(id, json_build_object('name', name)) from chefs where id = any(${ids(chef)}))
    ) as names`)
  if (!row) throw new Error('A select without FROM returned no row.')
  return {
    category: row.names.category ?? {},
    recipe: row.names.recipe ?? {},
    ingredient: row.names.ingredient ?? {},
    supplier: row.names.supplier ?? {},
    chef: row.names.chef ?? {},
  }
}
