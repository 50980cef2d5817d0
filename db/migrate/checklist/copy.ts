import { postgresCause, type Session } from '../../client'
import { withMigratorSession } from '../migrator-session'
import type { Migration } from '../parse'

export type CopyRun = { name: string; milliseconds: number; at: Date }

/**
 * How the pending files went on a copy of the database, by the copy's own ledger; only those that were run there just as
 * they are now.
 * @throws {Refused} `unreachable`
 */
export async function readCopy(url: string, pending: readonly Migration[]): Promise<CopyRun[]> {
  return withMigratorSession(url, undefined, async (session) => {
    const rows = await ledgerOf(session)
    const shas = new Map(pending.map(({ name, sha256 }) => [name, sha256]))
    return rows
      .filter(({ name, sha256 }) => shas.get(name) === sha256)
      .map(({ name, milliseconds, at }) => ({ name, milliseconds, at }))
  })
}

async function ledgerOf(session: Pick<Session, 'query'>): Promise<(CopyRun & { sha256: string })[]> {
  try {
    return await session.query(
      'select name, sha256, milliseconds, applied_at as at from brigade_migrations.ledger order by applied_at, name',
    )
  } catch (error) {
    if (postgresCause(error)?.code !== '42P01') throw error
    return []
  }
}
