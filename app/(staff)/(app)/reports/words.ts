import type { BusinessDate } from '@/domain/business-day'
import { type DateRange, daysOf, type Period } from '@/domain/report-range'
import { kindOf } from './search-params'

/** Business dates have no zone: they are written as they stand. */
const dateFormats = new Map<string, Intl.DateTimeFormat>()
function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  let format = dateFormats.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
    dateFormats.set(key, format)
  }
  return format
}

const instantOf = (date: string) => new Date(`${date}T00:00:00Z`)

/** For an axis: "3 Mar". */
export const shortDate = (date: string, locale: string): string =>
  dateFormat(locale, { day: 'numeric', month: 'short' }).format(instantOf(date))

/** For a table: "Tue, 3 Mar". */
export const dayWords = (date: string, locale: string): string =>
  dateFormat(locale, { weekday: 'short', day: 'numeric', month: 'short' }).format(instantOf(date))

/** "Tuesday, 3 March 2026", "2 – 8 March 2026", "March 2026". */
export function rangeWords(range: DateRange, locale: string): string {
  const kind = kindOf(range)
  const from = instantOf(range.from)
  if (kind === 'day') return dateFormat(locale, { dateStyle: 'full' }).format(from)
  if (kind === 'month') return dateFormat(locale, { month: 'long', year: 'numeric' }).format(from)
  return dateFormat(locale, { dateStyle: 'long' }).formatRange(from, instantOf(range.to))
}

/** What a range is compared with: "the day before", "the 12 days before". */
export function beforeWords(range: DateRange): string {
  const words: Record<Period, string> = {
    day: 'the day before',
    week: 'the week before',
    month: 'the month before',
  }
  const kind = kindOf(range)
  return kind === 'custom' ? `the ${daysOf(range)} days before` : words[kind]
}

/** The days that have begun; the others have no figures yet. */
export const begun = <Day extends { date: BusinessDate }>(days: readonly Day[], today: BusinessDate): Day[] =>
  days.filter(({ date }) => date <= today)

/** A Monday, so that adding days gives the other weekdays. */
const A_MONDAY = Date.UTC(2024, 0, 1)

/** 1 is Monday. */
export const weekdayWords = (
  weekday: number,
  locale: string,
  weekdayStyle: 'short' | 'long' = 'short',
): string => dateFormat(locale, { weekday: weekdayStyle }).format(A_MONDAY + (weekday - 1) * 86_400_000)

/** An hour of the day: "17–18 h". */
export const hourWords = (hour: number): string => `${hour}–${(hour + 1) % 24} h`

/** Minutes with one decimal, or a dash. The unit stands in the header or beside it. */
export const minutesText = (minutes: number | null, locale: string): string =>
  minutes === null
    ? '–'
    : minutes.toLocaleString(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** A share from 0 to 1 as "8.1 %", which never breaks, or a dash. */
export const shareText = (share: number | null, locale: string): string =>
  share === null
    ? '–'
    : `${(share * 100).toLocaleString(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })}\u00a0%`

/** By how much a figure differs from another, in whole percent of that; null where there is nothing to compare with. */
export const changePercent = (value: number | null, before: number | null): number | null =>
  value === null || before === null || before === 0 ? null : Math.round(((value - before) / before) * 100)

/** An amount for an axis: no cents, "1.2k" where it is long. */
export const axisMoney = (
  cents: number,
  { currency, locale }: { currency: string; locale: string },
): string => {
  const digits = new Intl.NumberFormat(locale, { style: 'currency', currency }).resolvedOptions()
    .maximumFractionDigits
  return (cents / 10 ** (digits ?? 2)).toLocaleString(locale, {
    style: 'currency',
    currency,
    notation: 'compact',
    minimumFractionDigits: 0,
    maximumFractionDigits: 1,
  })
}
