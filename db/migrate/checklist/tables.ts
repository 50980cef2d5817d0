import type { Session } from '../../client'

/** Bytes, and rows as the planner estimates them (null: never analysed). */
export type TableSize = {
  /** As the checks name it: without `public`. */
  table: string
  /** For SQL: quoted, with its schema. */
  qualifiedName: string
  /** For SQL: quoted, without its schema. */
  bareName: string
  rows: number | null
  tableBytes: number
  indexBytes: number
  indexes: number
}

/** Sizes of those tables that exist. */
export async function readSizes(
  session: Pick<Session, 'query'>,
  tables: readonly string[],
): Promise<TableSize[]> {
  return session.query<TableSize>(
    `select named as "table", format('%I.%I', nspname, relname) as "qualifiedName", format('%I', relname) as "bareName",
       nullif(reltuples, -1)::float8 as rows, pg_table_size(pg_class.oid)::float8 as "tableBytes",
       pg_indexes_size(pg_class.oid)::float8 as "indexBytes",
       (select count(*)::int from pg_index where indrelid = pg_class.oid) as indexes
     from unnest($1::text[]) with ordinality as asked(named, place)
     join (pg_class join pg_namespace on pg_namespace.oid = relnamespace)
       on named = case nspname when 'public' then '' else nspname || '.' end || relname
     where relkind in ('r', 'p', 'm')
     order by place`,
    [tables],
  )
}
