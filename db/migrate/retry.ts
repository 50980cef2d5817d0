import { postgresCause } from '../client'
import { Refused } from './refused'
import { jittered, type Waiting } from './waiting'

/**
 * How long a statement may wait for a lock. While it waits, all that come after it queue up behind it, so no try is long,
 * and between two of them the queue gets `rest` times as long to drain.
 */
export type LockPatience = { tries: number; firstMs: number; lastMs: number; rest: number }
/** About 70 s in all. Of 100 requests while somebody holds the table for that long, 5 wait, and none for 200 ms. */
export const LOCK_PATIENCE: LockPatience = { tries: 30, firstMs: 50, lastMs: 200, rest: 20 }

const LOCK_NOT_AVAILABLE = '55P03'
const DEADLOCK_DETECTED = '40P01'

/** The lock_timeout of a try (from 1) in milliseconds: grows by the same factor from the first to the last. */
export function lockTimeout(
  attempt: number,
  { tries, firstMs, lastMs }: Pick<LockPatience, 'tries' | 'firstMs' | 'lastMs'>,
): number {
  if (tries < 2) return firstMs
  return Math.round(firstMs * (lastMs / firstMs) ** ((attempt - 1) / (tries - 1)))
}

/** Whether PostgreSQL gave up waiting for others, so that a later try may do. */
export function isLockTrouble(error: unknown): boolean {
  const code = postgresCause(error)?.code
  return code === LOCK_NOT_AVAILABLE || code === DEADLOCK_DETECTED
}

/**
 * Tries until the locks are free.
 * @param giveUp says what it leaves and when to try again, to follow "got no lock in 30 tries"
 * @param work must leave nothing behind when it throws
 * @throws {Refused} `lock_timeout` after the last try; any other error at once
 */
export async function withLockRetries<T>(
  file: string,
  patience: LockPatience,
  { report, pause }: Waiting,
  giveUp: () => Promise<string>,
  work: (lockTimeoutMs: number) => Promise<T>,
): Promise<T> {
  const { tries } = patience
  for (let attempt = 1; ; attempt++) {
    const waitedMs = lockTimeout(attempt, patience)
    try {
      return await work(waitedMs)
    } catch (error) {
      if (!isLockTrouble(error)) throw error
      if (attempt >= tries) {
        const message = `Migration ${file} got no lock in ${tries} tries ${await giveUp()}.`
        throw new Refused('lock_timeout', message, { cause: error })
      }
      report({ kind: 'retrying', file, attempt, tries, waitedMs })
      await pause(jittered(waitedMs * patience.rest))
    }
  }
}
