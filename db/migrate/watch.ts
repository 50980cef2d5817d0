import { type LockNode, lockTree } from '@/domain/lock-tree'
import type { OperatorScope, SystemScope } from '@/domain/scope'
import type { Db } from '../client'
import { type Blocker, type EndedBlocker, endBlockers } from '../mutations/blockers'
import {
  type ActivityLimits,
  getServerFigures,
  type IndexBuildStatus,
  listIndexBuilds,
  listTroubledSessions,
  type ServerFigures,
  type ServerSession,
} from '../queries/activity'
import { type BackfillStatus, findMigrator, listBackfills } from '../queries/migrations'

/** What an operator watches while a migration runs. */
export type Snapshot = {
  at: Date
  server: ServerFigures
  locks: LockNode<ServerSession>[]
  long: ServerSession[]
  idle: ServerSession[]
  builds: IndexBuildStatus[]
  /** Those under way, paused ones among them. */
  backfills: BackfillStatus[]
  migrator: { pid: number; name: string; seconds: number } | null
}

/** Takes a look at everything, one read after the other: between two of them things may change. */
export async function takeSnapshot(db: Db, scope: OperatorScope, limits: ActivityLimits): Promise<Snapshot> {
  const server = await getServerFigures(db, scope)
  const sessions = await listTroubledSessions(db, scope, limits)
  return {
    at: new Date(),
    server,
    locks: lockTree(sessions),
    long: sessions.filter(({ isLong }) => isLong),
    idle: sessions.filter(({ isIdleInTransaction }) => isIdleInTransaction),
    builds: await listIndexBuilds(db, scope),
    backfills: (await listBackfills(db, scope)).filter(({ finishedAt }) => finishedAt === null),
    migrator: await findMigrator(db, scope),
  }
}

/**
 * Ends those on top of the lock tree who have kept somebody waiting for longer than `seconds`. One made by this is asked
 * again and again, so it knows whom it has cancelled already.
 */
export function blockerKiller(seconds: number) {
  const cancelled = new Map<number, string | null>()
  return async (db: Db, scope: SystemScope, { locks }: Snapshot): Promise<EndedBlocker[]> => {
    const blockers: Blocker[] = locks
      .filter((top) => top.session.blockedBy.length === 0 && longestWait(top.waiting) > seconds)
      .map(({ session: { pid, transactionId } }) => ({ pid, transactionId }))
    const again = blockers.filter(({ pid, transactionId }) => cancelled.get(pid) === transactionId)
    const ended = await endBlockers(db, scope, { blockers, again: again.map(({ pid }) => pid) })
    for (const { pid } of ended)
      cancelled.set(pid, blockers.find((blocker) => blocker.pid === pid)?.transactionId ?? null)
    return ended
  }
}

/** Seconds that the one who waits longest has waited; 0 when nobody does. */
export function longestWait(nodes: readonly LockNode<ServerSession>[]): number {
  return Math.max(
    0,
    ...nodes.map(({ session, waiting }) => Math.max(session.waitSeconds ?? 0, longestWait(waiting))),
  )
}
