import { statfs } from 'node:fs/promises'
import type { Session } from '../../client'

type OpenTransaction = { pid: number; name: string; state: string; seconds: number; query: string }

/** What is going on at the server that a migration would meet. */
export type ServerState = {
  /** The longest ones open, without our own. */
  transactions: OpenTransaction[]
  invalidIndexes: { index: string; table: string }[]
  /** Bytes free where the data lie; null when the server is on another machine or does not tell. */
  freeBytes: number | null
  /** When the server last archived a piece of its log. */
  lastArchivedAt: Date | null
}

/** @param here whether the server runs on this machine */
export async function readServerState(session: Pick<Session, 'query'>, here: boolean): Promise<ServerState> {
  const transactions = await session.query<OpenTransaction>(
    `select pid, coalesce(nullif(application_name, ''), 'unnamed') as name, coalesce(state, 'unknown') as state,
       extract(epoch from now() - xact_start)::int as seconds, left(regexp_replace(query, '\\s+', ' ', 'g'), 80) as query
     from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
       and backend_type = 'client backend'
     order by xact_start limit 5`,
  )
  const invalidIndexes = await session.query<{ index: string; table: string }>(
    `select indexrelid::regclass::text as index, indrelid::regclass::text as "table"
     from pg_index where not indisvalid and indrelid not in (select inhparent from pg_inherits) order by 1`,
  )
  const [archiver] = await session.query<{ at: Date | null }>(
    'select last_archived_time as at from pg_stat_archiver',
  )
  return {
    transactions,
    invalidIndexes,
    freeBytes: here ? await freeBytes(session) : null,
    lastArchivedAt: archiver?.at ?? null,
  }
}

async function freeBytes(session: Pick<Session, 'query'>): Promise<number | null> {
  // Only some roles may see the setting.
  const [row] = await session.query<{ directory: string }>(
    `select setting as directory from pg_settings where name = 'data_directory'`,
  )
  if (!row) return null
  try {
    const { bavail, bsize } = await statfs(row.directory)
    return bavail * bsize
  } catch {
    return null
  }
}
