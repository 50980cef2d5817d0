import { addDays, type BusinessDate } from './business-day'
import { weekdayOf } from './purchase'
import { type Quantity, toThousandths } from './quantity'

/** Beyond this nobody plans. */
export const MOST_DAYS_LEFT = 999

/** What was used on the four Mondays, the four Tuesdays … to the four Sundays, in the ingredient's unit. */
export type WeekdayUse = readonly Quantity[]

/**
 * How many whole business days, beginning with `today`, stock lasts if each weekday uses what it used on average: 0 is
 * "not through today". Null where nothing is used; 999 at most.
 */
export function daysLeft(onHand: Quantity, used: WeekdayUse, today: BusinessDate): number | null {
  const days = used.map(toThousandths)
  const week = days.reduce((sum, day) => sum + day, 0n)
  if (week <= 0n) return null
  // Four of each weekday were added up, so four times the stock lasts as long against the sums.
  const stock = 4n * toThousandths(onHand)
  if (stock <= 0n) return 0
  const weeks = stock / week
  if (weeks * 7n > BigInt(MOST_DAYS_LEFT)) return MOST_DAYS_LEFT
  let left = stock - weeks * week
  let count = Number(weeks) * 7
  for (let weekday = weekdayOf(today); count < MOST_DAYS_LEFT; weekday = (weekday % 7) + 1) {
    const use = days[weekday - 1] ?? 0n
    if (left < use) break
    // A remainder of nothing still lasts through days that use nothing, but not for longer than a week of them.
    left -= use
    count++
  }
  return Math.min(count, MOST_DAYS_LEFT)
}

/** The business date on which stock runs out: the first that it does not last through. Null where nothing is used. */
export function runsOutOn(onHand: Quantity, used: WeekdayUse, today: BusinessDate): BusinessDate | null {
  const days = daysLeft(onHand, used, today)
  return days === null || days >= MOST_DAYS_LEFT ? null : addDays(today, days)
}
