import { sql } from 'drizzle-orm'
import type { SystemScope } from '@/domain/scope'
import { type Db, postgresCause } from '../client'

/** A transaction that keeps others waiting, as `listTroubledSessions` found it. */
export type Blocker = { pid: number; transactionId: string | null }

/** `refused`: the server lets a role end its own sessions only, unless it is a member of pg_signal_backend. */
export type EndedBlocker = { pid: number; how: 'cancelled' | 'terminated' | 'refused' }

const INSUFFICIENT_PRIVILEGE = '42501'

/**
 * Ends transactions so that those behind them can go on. A statement that runs is cancelled, which gives back what its
 * transaction holds; a transaction that was left open, or that `again` says has been cancelled before and is still there,
 * loses its connection. Migrators, autovacuum (which makes way by itself) and the server's own processes are left alone,
 * and so is a process that has begun another transaction since it was looked at.
 * @returns what was done, to some or all of them
 */
export async function endBlockers(
  db: Db,
  _scope: SystemScope,
  { blockers, again }: { blockers: readonly Blocker[]; again: readonly number[] },
): Promise<EndedBlocker[]> {
  const ended: EndedBlocker[] = []
  for (const { pid, transactionId } of blockers) {
    const [row] = await end(db, pid, transactionId, again.includes(pid)).catch((error) => {
      if (postgresCause(error)?.code !== INSUFFICIENT_PRIVILEGE) throw error
      return [{ pid, how: 'refused' as const, done: true }]
    })
    if (row?.done) ended.push({ pid: row.pid, how: row.how })
  }
  return ended
}

function end(db: Db, pid: number, transactionId: string | null, again: boolean) {
  return db.execute<EndedBlocker & { done: boolean }>(sql`
    select pid, case when gently then 'cancelled' else 'terminated' end as how,
      case when gently then pg_cancel_backend(pid) else pg_terminate_backend(pid) end as done
    from (
      select pid, state = 'active' and not ${again}::boolean as gently
      from pg_stat_activity
      where pid = ${pid} and datname = current_database() and pid <> pg_backend_pid()
        and xact_start::text = ${transactionId} and backend_type = 'client backend'
        and not application_name ^@ 'brigade migrate'
    ) as blocker`)
}
