import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { countLowStock } from '@/db/queries/inventory'
import { getKitchenDay, type KitchenDay, listOpenTickets, type Ticket } from '@/db/queries/kitchen'
import { businessDate } from '@/domain/business-day'
import { formatMoney } from '@/domain/money'
import type { RestaurantScope } from '@/domain/scope'
import type { AgeThresholds } from '@/domain/ticket-age'

/** Far more than a wall shows or a kitchen has open; what lies beyond is counted and said. */
const MOST_TICKETS = 100

/** What the wall shows at one moment. */
export type Snapshot = {
  /** When it was taken, in milliseconds since 1970 by the server's clock. */
  at: number
  day: KitchenDay
  /** The day's revenue as the reader writes money. */
  revenue: string
  lowStock: number
  /** Oldest first. */
  tickets: Ticket[]
  /** All open tickets, also those beyond the ones listed. */
  open: number
  thresholds: AgeThresholds
}

/** Three queries, side by side. */
export async function takeSnapshot(scope: RestaurantScope): Promise<Snapshot> {
  const { timeZone, dayCutoff, amberMinutes, redMinutes } = scope.restaurant
  const { currency, locale } = await readerFormat()
  const now = new Date()
  const db = database()
  const [day, { tickets, open }, lowStock] = await Promise.all([
    getKitchenDay(db, scope, businessDate(now, timeZone, dayCutoff)),
    listOpenTickets(db, scope, { limit: MOST_TICKETS }),
    countLowStock(db, scope),
  ])
  return {
    at: now.getTime(),
    day,
    revenue: formatMoney(day.revenue, currency, locale),
    lowStock,
    tickets,
    open,
    thresholds: { amberMinutes, redMinutes },
  }
}
