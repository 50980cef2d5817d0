import { localTime } from '@/app/_ui/local-time'
import type { MoneyFormat } from '@/app/_ui/money'
import { formatMoney } from '@/domain/money'
import { differencePercent, needsAttention, type OverviewRow, sharePercent } from './rows'

/** A row as the table shows it: written out here, so that the browser formats nothing and gets short rows. */
export type OverviewLine = {
  slug: string
  name: string
  /** On the clock there, and whether it is closed now. */
  time: string
  isClosed: boolean
  isAttention: boolean
  open: number
  openLate: number
  openDue: number
  /** Age of the oldest ticket; empty without one. */
  oldest: string
  /** Of today's tickets, and how many that are; empty before the first. */
  lateShare: string
  lateOf: string
  orders: string
  revenue: string
  /** Percent against usual, and how many times the usual that is. */
  difference: number | null
  reached: number | null
  alerts: number
  out: number
  screens: number
  silent: number
  /** How long the first of the silent ones has been missed; empty when none is. */
  silentFor: string
}

export function overviewLines(rows: readonly OverviewRow[], now: Date, format: MoneyFormat): OverviewLine[] {
  const { currency, locale } = format
  return rows.map((row) => {
    const { restaurant, revenue, usualRevenue, judged, late } = row
    const share = sharePercent(late, judged)
    return {
      slug: restaurant.slug,
      name: restaurant.name,
      time: localTime(now, restaurant.timeZone, locale),
      isClosed: !row.isTrading,
      isAttention: needsAttention(row),
      open: row.open,
      openLate: row.openLate,
      openDue: row.openDue,
      oldest: row.oldestMinutes === null ? '' : duration(row.oldestMinutes),
      lateShare: share === null ? '' : `${share} %`,
      lateOf: share === null ? '' : `${late.toLocaleString(locale)} of ${judged.toLocaleString(locale)}`,
      orders: row.orders.toLocaleString(locale),
      revenue: formatMoney(revenue, currency, locale),
      difference: differencePercent(revenue, usualRevenue),
      reached: usualRevenue ? Math.round((revenue / usualRevenue) * 100) / 100 : null,
      alerts: row.alerts,
      out: row.out,
      screens: row.screens,
      silent: row.silentMinutes === null ? 0 : row.silent,
      silentFor: row.silentMinutes === null ? '' : duration(row.silentMinutes),
    }
  })
}

const DAY = 24 * 60

/** Minutes as people say them, kept on one line: "7 min", "2 h 05", "3 d". */
const duration = (minutes: number): string => {
  if (minutes < 60) return `${minutes}\u00a0min`
  if (minutes >= DAY) return `${Math.floor(minutes / DAY)}\u00a0d`
  return `${Math.floor(minutes / 60)}\u00a0h\u00a0${String(minutes % 60).padStart(2, '0')}`
}
