import { sql } from 'drizzle-orm'
import type { ChainScope, SystemScope } from '@/domain/scope'
import { type Db, postgresCause } from '../client'
import { recordAudit } from './audit'

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

/** What an operator may do with a blocker: `cancel` the statement that runs, or `close` its connection. */
export const BLOCKER_ENDS = ['cancel', 'close'] as const

type Found = {
  name: string
  user: string | null
  kind: string | null
  query: string
  isBusy: boolean
  seconds: number
}

/**
 * Ends one transaction that keeps others waiting, as a person asked for, and records that. Reasons: `gone`: it is in
 * nobody's way any more, or its process does something else by now; `spared`: a migrator or one of the server's own,
 * which make way by themselves; `not_running`: there is no statement to cancel; `refused`: the server lets this role end
 * its own sessions only.
 */
export async function endBlocker(
  db: Db,
  scope: ChainScope<'database:cancel'>,
  { pid, transactionId, how }: { pid: number; transactionId: string; how: (typeof BLOCKER_ENDS)[number] },
): Promise<{ ok: true; how: 'cancelled' | 'closed' } | { ok: false; reason: BlockerRefusal }> {
  const found = await findBlocker(db, pid, transactionId)
  if (!found) return { ok: false, reason: 'gone' }
  if (found.kind !== 'client backend' || found.name.startsWith('brigade migrate'))
    return { ok: false, reason: 'spared' }
  if (how === 'cancel' && !found.isBusy) return { ok: false, reason: 'not_running' }
  const signal = how === 'cancel' ? sql`pg_cancel_backend(pid)` : sql`pg_terminate_backend(pid)`
  const done = how === 'cancel' ? 'cancelled' : 'closed'
  try {
    return await db.transaction(async (tx) => {
      // First, since what it holds may be what the audit waits for.
      const [signalled] = await tx.execute<{ done: boolean }>(sql`
        select ${signal} as done from pg_stat_activity where pid = ${pid} and xact_start::text = ${transactionId}`)
      if (!signalled?.done) return { ok: false, reason: 'gone' } as const
      const { name, user, query, seconds } = found
      await recordAudit(tx, {
        userId: scope.actor.userId,
        restaurantId: null,
        action: `database_session.${done}`,
        subject: 'database_session',
        subjectId: String(pid),
        before: { name, user, statement: query, openForSeconds: Math.round(seconds) },
      })
      return { ok: true, how: done } as const
    })
  } catch (error) {
    if (postgresCause(error)?.code === INSUFFICIENT_PRIVILEGE) return { ok: false, reason: 'refused' }
    throw error
  }
}

type BlockerRefusal = 'gone' | 'spared' | 'not_running' | 'refused'

async function findBlocker(db: Db, pid: number, transactionId: string): Promise<Found | undefined> {
  const [found] = await db.execute<Found>(sql`
    select application_name as name, usename as "user", backend_type as kind, state = 'active' as "isBusy",
      left(regexp_replace(query, '\\s+', ' ', 'g'), 200) as query,
      extract(epoch from clock_timestamp() - xact_start)::float8 as seconds
    from pg_stat_activity
    where pid = ${pid} and datname = current_database() and pid <> pg_backend_pid()
      and xact_start::text = ${transactionId}
      and exists (select from pg_stat_activity waiting
        where waiting.wait_event_type = 'Lock' and ${pid}::int = any (pg_blocking_pids(waiting.pid)))`)
  return found
}
