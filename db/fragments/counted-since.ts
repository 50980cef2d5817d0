import { sql } from 'drizzle-orm'
import { milliseconds } from './milliseconds'

/**
 * Since when the server counts what happens in this database, in milliseconds since 1970: the last time that somebody set
 * these counts to nothing, or that all counts began, with the server or after a crash.
 */
export const countedSince = milliseconds(sql`greatest(
  (select stats_reset from pg_stat_database where datname = current_database()),
  -- Of several, since each may be set to nothing alone.
  least((select stats_reset from pg_stat_bgwriter), (select stats_reset from pg_stat_archiver)))`)
