import { addDays, type BusinessDate } from './business-day'

/** Business dates, both included. */
export type DateRange = { from: BusinessDate; to: BusinessDate }

export const PERIODS = ['day', 'week', 'month'] as const
export type Period = (typeof PERIODS)[number]

/** The longest range that a report is asked for: a year, and the rest of its last month. */
export const LONGEST_RANGE_DAYS = 400

const DAY = 86_400_000
const time = (date: BusinessDate): number => Date.parse(`${date}T00:00:00Z`)
const text = (at: number): BusinessDate => new Date(at).toISOString().slice(0, 10)

/** The first day of the month that lies so many months after the one of a date. */
function firstOfMonth(date: BusinessDate, months = 0): BusinessDate {
  const [year = 0, month = 1] = date.split('-').map(Number)
  return text(Date.UTC(year, month - 1 + months, 1))
}

const lastOfMonth = (date: BusinessDate): BusinessDate => addDays(firstOfMonth(date, 1), -1)

/** The day itself, its week from Monday to Sunday (ISO 8601), or its calendar month. */
export function rangeOf(period: Period, date: BusinessDate): DateRange {
  if (period === 'day') return { from: date, to: date }
  if (period === 'month') return { from: firstOfMonth(date), to: lastOfMonth(date) }
  const monday = addDays(date, -((new Date(time(date)).getUTCDay() + 6) % 7))
  return { from: monday, to: addDays(monday, 6) }
}

/** How many business dates it holds. */
export const daysOf = ({ from, to }: DateRange): number => Math.round((time(to) - time(from)) / DAY) + 1

/** Every business date of a range, ascending. */
export const datesOf = (range: DateRange): BusinessDate[] =>
  Array.from({ length: Math.max(0, daysOf(range)) }, (_, day) => addDays(range.from, day))

/** How many calendar months it is exactly, or null. */
function wholeMonths({ from, to }: DateRange): number | null {
  if (from !== firstOfMonth(from) || to !== lastOfMonth(to)) return null
  const [firstYear = 0, firstMonth = 0] = from.split('-').map(Number)
  const [lastYear = 0, lastMonth = 0] = to.split('-').map(Number)
  return (lastYear - firstYear) * 12 + lastMonth - firstMonth + 1
}

/**
 * A range as the calendar months that lie wholly in it (first days of the first and the last; null: none does), and what
 * is left before and after those.
 */
export function splitByMonth(range: DateRange): { months: DateRange | null; rest: DateRange[] } {
  const first = range.from === firstOfMonth(range.from) ? range.from : firstOfMonth(range.from, 1)
  const last = range.to === lastOfMonth(range.to) ? firstOfMonth(range.to) : firstOfMonth(range.to, -1)
  if (last < first) return { months: null, rest: [range] }
  const rest = [
    { from: range.from, to: addDays(first, -1) },
    { from: firstOfMonth(last, 1), to: range.to },
  ]
  return { months: { from: first, to: last }, rest: rest.filter(({ from, to }) => from <= to) }
}

function monthsBefore({ from, to }: DateRange, months: number): DateRange {
  return { from: firstOfMonth(from, -months), to: lastOfMonth(firstOfMonth(to, -months)) }
}

/** What lies directly before: as many calendar months where the range is whole months, else as many days. */
export function previousRange(range: DateRange): DateRange {
  const months = wholeMonths(range)
  if (months !== null) return monthsBefore(range, months)
  const days = daysOf(range)
  return { from: addDays(range.from, -days), to: addDays(range.to, -days) }
}

/** The same months of the year before; of any other range the same weekdays, 52 weeks before. */
export function sameRangeLastYear(range: DateRange): DateRange {
  if (wholeMonths(range) !== null) return monthsBefore(range, 12)
  return { from: addDays(range.from, -364), to: addDays(range.to, -364) }
}

/**
 * A range with what it is compared with. While it is not over (`today` lies inside, or before it), the other two end
 * after as many days as it has begun, so that half a month is not held against a whole one.
 */
export function comparedRanges(
  present: DateRange,
  today: BusinessDate,
): { present: DateRange; previous: DateRange; lastYear: DateRange } {
  const begun = Math.max(1, daysOf({ from: present.from, to: today < present.to ? today : present.to }))
  const cut = ({ from, to }: DateRange): DateRange => {
    const last = addDays(from, begun - 1)
    return { from, to: today < present.to && last < to ? last : to }
  }
  return { present, previous: cut(previousRange(present)), lastYear: cut(sameRangeLastYear(present)) }
}
