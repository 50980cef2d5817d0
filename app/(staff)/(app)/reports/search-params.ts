import { addDays, type BusinessDate } from '@/domain/business-day'
import { type DateRange, daysOf, LONGEST_RANGE_DAYS, type Period, rangeOf } from '@/domain/report-range'
import type { Outliers } from '@/domain/ticket-time'

/** Which days a report is about, and whether it counts tickets of four hours and more. */
export type ReportView = { range: DateRange; outliers: Outliers }

type RangeKind = Period | 'custom'

/** What a range is: a day, a whole week, a whole calendar month, or none of these. */
export function kindOf({ from, to }: DateRange): RangeKind {
  const is = (period: Period) => {
    const whole = rangeOf(period, from)
    return whole.from === from && whole.to === to
  }
  return (['day', 'week', 'month'] as const).find(is) ?? 'custom'
}

/** The range of the same kind before or after it; of days that are no period, as many days. */
export function besides(range: DateRange, side: 'before' | 'after'): DateRange {
  const kind = kindOf(range)
  const next = side === 'before' ? addDays(range.from, -1) : addDays(range.to, 1)
  if (kind !== 'custom') return rangeOf(kind, next)
  const days = daysOf(range) - 1
  return side === 'before'
    ? { from: addDays(next, -days), to: next }
    : { from: next, to: addDays(next, days) }
}

/** On a Monday morning this is last week: the week of the last day that is over. */
const usualRange = (today: BusinessDate): DateRange => rangeOf('week', addDays(today, -1))

/**
 * What an address asks for: dates that are turned around are turned back, and of too many days the last are meant.
 * Whatever is malformed or wholly yet to come is the usual week.
 * @param today the latest business date of the restaurants that it is about
 */
export function readReportView(
  { from, to, outliers }: Record<string, string | string[] | undefined>,
  today: BusinessDate,
): ReportView {
  const isGiven = isDate(from) && isDate(to) && (from <= today || to <= today)
  return {
    range: isGiven ? inOrder(from, to) : usualRange(today),
    outliers: outliers === 'excluded' ? 'excluded' : 'included',
  }
}

function inOrder(one: BusinessDate, other: BusinessDate): DateRange {
  const [from, to] = one <= other ? [one, other] : [other, one]
  return daysOf({ from, to }) > LONGEST_RANGE_DAYS
    ? { from: addDays(to, 1 - LONGEST_RANGE_DAYS), to }
    : { from, to }
}

/** The parameters of a report, for addresses and for what is sent along with forms. */
export const reportParams = ({ range, outliers }: ReportView): Record<string, string> => ({
  ...range,
  ...(outliers === 'excluded' && { outliers }),
})

/** The report of a restaurant, or of the chain where there is no slug. */
export const reportPath = (slug: string | null): string => (slug === null ? '/reports' : `/reports/${slug}`)

export const reportHref = (slug: string | null, view: ReportView): string =>
  `${reportPath(slug)}?${new URLSearchParams(reportParams(view))}`

/** A date that there is: the thirtieth of February is none. */
function isDate(text: string | string[] | undefined): text is BusinessDate {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const midnight = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text)
}
