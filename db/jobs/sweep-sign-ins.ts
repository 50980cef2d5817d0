import { sql } from 'drizzle-orm'
import type { SystemScope } from '@/domain/scope'
import type { Db } from '../client'

/** Rows deleted. */
export type SweptSignIns = { sessions: number; links: number; failures: number; limits: number }

/**
 * Removes what signing in left behind and can't matter any more: sessions that ended, links that ran out, old counts of
 * failures and of requests.
 */
export async function sweepSignIns(db: Db, _scope: SystemScope): Promise<SweptSignIns> {
  const [row] = await db.execute<SweptSignIns>(sql`
    with ended as (
      delete from sessions where expires_at < now() or created_at < now() - interval '7 days' returning 1
    ), stale as (
      delete from verifications where expires_at < now() returning 1
    ), forgiven as (
      delete from sign_in_failures where window_started_at < now() - interval '15 minutes' returning 1
    ), forgotten as (
      delete from rate_limits
      where last_request < (extract(epoch from now() - interval '1 day') * 1000)::bigint returning 1
    )
    select (select count(*)::int from ended) as sessions, (select count(*)::int from stale) as links,
      (select count(*)::int from forgiven) as failures, (select count(*)::int from forgotten) as limits`)
  if (!row) throw new Error('A select without FROM returned no row.')
  return row
}
