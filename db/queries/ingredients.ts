import { sql } from 'drizzle-orm'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'

export type IngredientName = { id: number; name: string }

export type IngredientNames = {
  /** The ingredients of `ids` that exist, by name. */
  named: IngredientName[]
  /** Active ingredients whose name is or looks like `text`, the best first; none of `ids` among them. */
  suggested: IngredientName[]
}

/**
 * The names of some ingredients, and the ones that somebody may mean who typed `text`: names that begin with it, then
 * those that hold it, then those spelled alike. At most `limit` suggestions, none for an empty text. Reads the whole
 * table, some hundreds of short rows; nothing is asked where there is nothing to look up.
 */
export async function findIngredientNames(
  db: Db,
  _scope: ChainScope,
  { ids, text, limit }: { ids: readonly number[]; text: string; limit: number },
): Promise<IngredientNames> {
  if (ids.length === 0 && text === '') return { named: [], suggested: [] }
  const rows = await db.execute<IngredientName & { suggested: boolean }>(sql`
    (select id, name, false as suggested from ingredients where id = any(${sql.param(ids)}::int[]) order by name)
    union all
    (select id, name, true from ingredients
     where ${text} <> '' and is_active and id <> all(${sql.param(ids)}::int[])
       and (position(lower(${text}) in lower(name)) > 0 or ${text} <% name)
     order by starts_with(lower(name), lower(${text})) desc, position(lower(${text}) in lower(name)) > 0 desc,
       word_similarity(${text}, name) desc, name
     limit ${limit})`)
  const names = (wanted: boolean) =>
    rows.filter(({ suggested }) => suggested === wanted).map(({ id, name }) => ({ id, name }))
  return { named: names(false), suggested: names(true) }
}
