import type { Session } from '@/db/client'

type TableIndex = {
  name: string
  /** `(restaurant_id, id) where …`, as PostgreSQL writes it. */
  definition: string
  bytes: number
  /** Statement that removes it, with the constraint that it stands for. */
  drop: string
  isGin: boolean
}

export type IndexedTable = {
  name: string
  rows: number
  bytes: number
  /** Those that an insert gives a value, quoted. */
  columns: string
  indexes: TableIndex[]
}

/** Every table of the app that has an index, with its indexes, by name. */
export async function listIndexes(session: Session): Promise<IndexedTable[]> {
  return session.query<IndexedTable>(`
    select t.relname as name, t.reltuples::int as rows, pg_table_size(t.oid)::float8 as bytes,
      (
        select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
        where attrelid = t.oid and attnum > 0 and not attisdropped and attgenerated = ''
      ) as columns,
      json_agg(json_build_object(
        'name', c.relname, 'definition',
          regexp_replace(regexp_replace(pg_get_indexdef(c.oid), '^.* USING (btree )?', ''), '\\s+', ' ', 'g'),
        'bytes', pg_relation_size(c.oid), 'isGin', m.amname = 'gin',
        'drop', case when k.oid is null then format('drop index %I', c.relname)
          else format('alter table %I drop constraint %I cascade', t.relname, k.conname) end
      ) order by not i.indisprimary, c.relname) as indexes
    from pg_index i
    join pg_class c on c.oid = i.indexrelid
    join pg_am m on m.oid = c.relam
    join pg_class t on t.oid = i.indrelid and t.relnamespace = 'public'::regnamespace
    left join pg_constraint k on k.conindid = c.oid and k.contype in ('p', 'u', 'x')
    group by t.oid
    order by t.relname`)
}
