import { INVALIDATIONS_KEPT_DAYS } from '@/db/jobs/prune'
import { expireAll, expireTags } from './expiries.mjs'
import type { Subscriber } from './listener'

/** Longer than any transaction lasts that writes invalidations: their rows carry the time at which it began. */
const LONGEST_TRANSACTION_SECONDS = 60
const SECONDS_A_DAY = 86_400

/**
 * Drops from this process's caches what mutations of any process made stale (`invalidate` in db/mutations): as soon as
 * the database tells, and after a lost connection what it could not tell meanwhile. Doing so twice does no harm.
 * @param onStale told of the same tags once the caches are right: whoever asks again now gets what is new
 */
export const cacheInvalidations = (onStale: (tags: readonly string[]) => void): Subscriber => ({
  channel: 'cache',
  onPayload: (tag) => {
    expireTags([tag])
    onStale([tag])
  },
  async onConnect(session, away) {
    if (away + LONGEST_TRANSACTION_SECONDS > INVALIDATIONS_KEPT_DAYS * SECONDS_A_DAY) expireAll()
    const missed = await session.query<{ tag: string }>(
      'select distinct tag from cache_invalidations where created_at > now() - make_interval(secs => $1)',
      [away + LONGEST_TRANSACTION_SECONDS],
    )
    const tags = missed.map(({ tag }) => tag)
    expireTags(tags)
    onStale(tags)
  },
})
