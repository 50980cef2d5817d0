import { database } from '@/app/_server/database'
import { prepared } from '@/app/_server/mise'
import type { Db } from '@/db/client'
import { countAlerts } from '@/db/queries/stock-alerts'
import { STOCK_ALERTS_TAG } from '@/domain/cache-tags'
import { type ChainScope, chainScope, type Person } from '@/domain/scope'

const MINUTE = 60_000

/**
 * Every page of the office shows the count, so it is kept for all who see the same restaurants. What clears or is
 * answered is known at once; what an order of a guest raises says nothing, so that orders do no more work than they
 * must, and is seen within the minute that stands in the key.
 */
const alertCount = prepared({
  name: 'open stock alerts',
  key: (_db: Db, scope: ChainScope<'stock:read'>, minute: number) => `${minute} ${scope.restaurantIds}`,
  tags: () => [STOCK_ALERTS_TAG],
  freshSeconds: 60,
  load: (db, scope) => countAlerts(db, scope),
})

/** How many ingredients have an alert that nobody said may wait, in all restaurants of a person; 0 for who sees no stock. */
export async function openAlerts(person: Person): Promise<number> {
  const scope = chainScope(person, 'stock:read')
  if (!scope || scope.restaurantIds.length === 0) return 0
  const { open } = await alertCount(database(), scope, Math.floor(Date.now() / MINUTE))
  return open
}
