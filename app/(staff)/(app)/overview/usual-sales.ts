import { prepared } from '@/app/_server/mise'
import type { Db } from '@/db/client'
import { listUsualSales } from '@/db/queries/usual-sales'
import { KITCHEN_DAYS_TAG } from '@/domain/cache-tags'
import type { ChainScope } from '@/domain/scope'
import type { DayProgress } from '@/domain/usual-sales'

/** Asked for every few seconds, and other hours only when a restaurant's clock comes to the next one. */
export const usualSales = prepared({
  name: 'usual sales',
  key: (_db: Db, scope: ChainScope, days: readonly DayProgress[]) => {
    const hours = days.map((day) => `${day.restaurantId} ${day.businessDate} ${day.hoursOver}`)
    return `${scope.restaurantIds} ${hours.sort()}`
  },
  tags: () => [KITCHEN_DAYS_TAG],
  freshSeconds: 600,
  load: (db, scope, days) => listUsualSales(db, scope, days),
})
