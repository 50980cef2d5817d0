import type { MigratorSession } from './migrator-session'

/** BEGIN to COMMIT; an error rolls back, also one of COMMIT itself, where deferred constraints are checked. */
export async function inTransaction<T>(session: MigratorSession, work: () => Promise<T>): Promise<T> {
  await session.query('begin')
  try {
    const result = await work()
    await session.query('commit')
    return result
  } catch (error) {
    // When the connection is gone, so is the transaction.
    await session.tidy('rollback').catch(() => {})
    throw error
  }
}
