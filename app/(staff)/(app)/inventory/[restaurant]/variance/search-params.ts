import { addDays, type BusinessDate } from '@/domain/business-day'

/** The days that the page compares, as business dates, both included. */
export type VariancePeriod = { from: BusinessDate; to: BusinessDate }

const MOST_DAYS = 400
const USUAL_DAYS = 28

/** So many days up to today. */
export const lastDays = (today: BusinessDate, days: number): VariancePeriod => ({
  from: addDays(today, 1 - days),
  to: today,
})

/** The month of a date so far, or the whole of the one before. */
export function monthOf(today: BusinessDate, before = 0): VariancePeriod {
  const first = `${today.slice(0, 7)}-01`
  if (before === 0) return { from: first, to: today }
  const last = addDays(first, -1)
  return { from: `${last.slice(0, 7)}-01`, to: last }
}

/** What an address asks for; whatever is malformed, turned around, too long or yet to come is the usual four weeks. */
export function readPeriod(
  { from, to }: Record<string, string | string[] | undefined>,
  today: BusinessDate,
): VariancePeriod {
  if (!isDate(from) || !isDate(to)) return lastDays(today, USUAL_DAYS)
  const isPossible = from <= to && to <= today && from > addDays(to, -MOST_DAYS)
  return isPossible ? { from, to } : lastDays(today, USUAL_DAYS)
}

export const periodHref = (slug: string, { from, to }: VariancePeriod): string =>
  `/inventory/${slug}/variance?from=${from}&to=${to}`

/** A date that there is: the thirtieth of February is none. */
function isDate(text: string | string[] | undefined): text is BusinessDate {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const midnight = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text)
}
