import type { Session } from './client'

/** Two numbers that name an advisory lock of a database, such as the ASCII codes of two words of four letters. */
export type LockName = readonly [number, number]

/** Takes a lock that the session holds until it closes, or says at once that somebody else has it. */
export async function tryLock(session: Pick<Session, 'query'>, name: LockName): Promise<boolean> {
  const [row] = await session.query<{ locked: boolean }>(
    'select pg_try_advisory_lock($1::int, $2::int) as locked',
    name,
  )
  return row?.locked ?? false
}

/** Who has the lock, in words; null: nobody. */
export async function lockHolder(session: Pick<Session, 'query'>, name: LockName): Promise<string | null> {
  const [holder] = await session.query<{ pid: number; name: string; since: string }>(
    `select pid, application_name as name, to_char(backend_start at time zone 'UTC', 'HH24:MI:SS') as since
     from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and classid = $1::int::oid and objid = $2::int::oid and objsubid = 2 and granted
       and database = (select oid from pg_database where datname = current_database())`,
    name,
  )
  if (!holder) return null
  return `${holder.name || 'a session'} (server process ${holder.pid}, since ${holder.since} UTC)`
}
