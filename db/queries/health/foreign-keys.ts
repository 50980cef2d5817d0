import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import type { OperatorScope } from '@/domain/scope'

const LISTED = 200

/** `rows` of the table that refers, as the server estimates them: what each delete of a row referred to reads. */
export type UnindexedForeignKey = {
  name: string
  table: string
  columns: string[]
  refersTo: string
  rows: number
}

/** Foreign keys that no index begins with, the largest tables first, at most 200. */
export async function listUnindexedForeignKeys(
  db: Db,
  _scope: OperatorScope,
): Promise<UnindexedForeignKey[]> {
  const keys = await db.execute<UnindexedForeignKey>(sql`
    select k.conname as name, k.conrelid::regclass::text as "table", names.columns,
      k.confrelid::regclass::text as "refersTo", greatest(c.reltuples, 0)::float8 as rows
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
    cross join lateral (
      select array_agg(a.attname::text order by position) as columns
      from unnest(k.conkey) with ordinality as listed (number, position)
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = listed.number
    ) names
    where k.contype = 'f' and k.conparentid = 0 and not exists (
      select from pg_index i
      where i.indrelid = k.conrelid and i.indisvalid
        and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey
        -- A row that refers to nothing is none that a delete looks for.
        and (i.indpred is null
          or pg_get_expr(i.indpred, i.indrelid) = format('(%I IS NOT NULL)', names.columns[1])))
    order by rows desc, name limit ${LISTED}`)
  return [...keys]
}
