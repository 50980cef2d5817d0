import type { Session } from '../client'
import { readLedger } from './ledger'
import type { Migration } from './parse'
import { compare, obstacle } from './plan'

/**
 * The files that the database does not have yet, in order.
 * @throws {Refused} when these files may not be applied to it, `server_too_old`
 */
export async function pendingOf(
  session: Pick<Session, 'query'>,
  migrations: readonly Migration[],
): Promise<Migration[]> {
  const files = compare(migrations, await readLedger(session))
  const refused = obstacle(files)
  if (refused) throw refused
  const pending = new Set(files.filter(({ state }) => state === 'pending').map(({ name }) => name))
  return migrations.filter(({ name }) => pending.has(name))
}
