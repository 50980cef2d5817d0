import { database } from './database'
import { environment } from './environment'
import { gateNotices } from './gate-notices'
import { cacheInvalidations } from './invalidations'
import { type Listener, startListener } from './listener'
import { liveHub } from './live/live'

/**
 * Keeps this process's caches and live streams true from now on, and says when its requests wait for connections, until
 * it is stopped.
 */
export function listenForNotifications(): Listener {
  const { DATABASE_URL, DATABASE_DIRECT_URL } = environment()
  // A pooler in transaction mode delivers no notifications.
  return startListener(DATABASE_DIRECT_URL ?? DATABASE_URL, [
    cacheInvalidations((tags) => liveHub().tellMenus(tags)),
    liveHub().subscriber,
    gateNotices(database().gate),
  ])
}
