import { openSession } from '../../client'
import { type LockName, lockHolder, tryLock } from '../../session-lock'

/** "brig", "hous". */
export const HOUSEKEEPING_LOCK: LockName = [0x62726967, 0x686f7573]

export type Led<T> =
  | { led: true; value: T }
  /** Somebody else is at it: in words who, where that could still be seen. */
  | { led: false; holder: string | null }

/**
 * Does the work if nobody else keeps house in this database at this moment. The signal is given when the connection that
 * holds the lock is lost: from then on somebody else may have begun, so the work should end at its next step.
 * @param url a direct address, not that of a pooler: a session holds the lock
 */
export async function leadHousekeeping<T>(
  url: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<Led<T>> {
  const session = await openSession(url, { applicationName: 'brigade-jobs-lock', connectTimeoutSeconds: 5 })
  try {
    if (!(await tryLock(session, HOUSEKEEPING_LOCK))) {
      return { led: false, holder: await lockHolder(session, HOUSEKEEPING_LOCK) }
    }
    const lost = new AbortController()
    session.onClose(() => lost.abort())
    return { led: true, value: await work(lost.signal) }
  } finally {
    await session.close().catch(() => {})
  }
}
