import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { countedSince } from '@/db/fragments/counted-since'
import type { OperatorScope } from '@/domain/scope'

const LISTED = 50
/** What takes less is not worth a look, and of a small table the planner uses no index anyway. */
const LEAST_UNUSED_BYTES = 1024 * 1024

/**
 * An index that costs more than it gives. `invalid`: left by an interrupted build; `duplicate`: the same as `like`;
 * `unused`: no query has asked it since the server began to count, and it proves nothing unique.
 */
export type IndexFault = {
  name: string
  table: string
  fault: 'invalid' | 'duplicate' | 'unused'
  bytes: number
  like: string | null
}

/** `since` in milliseconds since 1970: when the server began to count uses. */
export type IndexFaults = { since: number; faults: IndexFault[] }

/** Indexes that could go, or have to be built anew; the largest of each fault first, at most fifty. */
export async function listIndexFaults(
  db: Db,
  _scope: OperatorScope,
  { leastUnusedBytes = LEAST_UNUSED_BYTES }: { leastUnusedBytes?: number } = {},
): Promise<IndexFaults> {
  const [counted] = await db.execute<{ since: number }>(sql`select ${countedSince} as since`)
  const faults = await db.execute<IndexFault>(sql`
    with indexes as (
      select i.indexrelid as id, i.indrelid as of, i.indisvalid as is_valid, c.relname as name,
        -- Those that prove something stay, whether they are asked or not.
        i.indisunique or i.indisexclusion or i.indisreplident as proves,
        (c.relam, i.indrelid, i.indkey, i.indclass, i.indcollation, i.indoption, i.indnullsnotdistinct,
          i.indnkeyatts, pg_get_expr(i.indexprs, i.indrelid), pg_get_expr(i.indpred, i.indrelid))::text as shape
      from pg_index i
      join pg_class c on c.oid = i.indexrelid
      join pg_namespace n on n.oid = c.relnamespace
      where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        and i.indexrelid not in (select index_relid from pg_stat_progress_create_index)
    ), kept as (
      -- Of several alike the one that proves something, else the oldest.
      select distinct on (shape) shape, id from indexes where is_valid order by shape, proves desc, id
    ), judged as (
      select indexes.id, indexes.of, kept.id as like_id,
        case when not is_valid then 'invalid'
          when kept.id <> indexes.id and not proves then 'duplicate'
          when not proves and coalesce(pg_stat_get_numscans(indexes.id), 0) = 0 then 'unused' end as fault
      from indexes left join kept using (shape)
    )
    select id::regclass::text as name, of::regclass::text as "table", fault, pg_relation_size(id)::float8 as bytes,
      case when fault = 'duplicate' then like_id::regclass::text end as "like"
    from judged
    where fault is not null and (fault <> 'unused' or pg_relation_size(id) >= ${leastUnusedBytes}::int8)
    order by array_position(array['invalid', 'duplicate', 'unused'], fault), bytes desc, name limit ${LISTED}`)
  return { since: counted?.since ?? 0, faults: [...faults] }
}
