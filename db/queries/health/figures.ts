import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { countedSince } from '@/db/fragments/counted-since'
import type { OperatorScope } from '@/domain/scope'

/** What this database takes and did since `since` (milliseconds since 1970). */
export type DatabaseFigures = {
  since: number
  bytes: number
  /** Of the 8 kB pages that were asked for those that were in memory, from 0 to 1; null before the first. */
  hitShare: number | null
  deadlocks: number
  /** Sorts and joins that did not fit into `work_mem`. */
  temporaryFiles: number
  temporaryBytes: number
}

/** This database in figures that add up over time. */
export async function getDatabaseFigures(db: Db, _scope: OperatorScope): Promise<DatabaseFigures> {
  const [row] = await db.execute<DatabaseFigures>(sql`
    select ${countedSince} as since, pg_database_size(datid)::float8 as bytes,
      blks_hit::float8 / nullif(blks_hit + blks_read, 0) as "hitShare", deadlocks::float8 as deadlocks,
      temp_files::float8 as "temporaryFiles", temp_bytes::float8 as "temporaryBytes"
    from pg_stat_database where datname = current_database()`)
  if (!row) throw new Error('The server counts nothing of this database.')
  return row
}
