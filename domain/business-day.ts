/**
 * The trading day. A restaurant's business date `D` begins at the first instant at which its wall clock has reached the
 * day cutoff of `D`, and ends where the next one begins. So an order at 01:30 with a cutoff of 04:00 belongs to the
 * evening before; a cutoff that a clock change skips counts from the first instant after it, one that comes twice
 * counts the first time; and the days tile time without gap or overlap in every zone, even one that skips a date.
 */
export type BusinessDate = string

const SECOND = 1000
const DAY = 86_400_000

const clocks = new Map<string, Intl.DateTimeFormat>()

// A formatter costs far more to make than to use.
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  clocks.set(timeZone, made)
  return made
}

/** What the wall clock shows at an instant, as if it were UTC: milliseconds that only compare with others of its kind. */
function wallTime(instant: number, timeZone: string): number {
  const fields: Record<string, number> = {}
  for (const part of clockOf(timeZone).formatToParts(instant)) fields[part.type] = Number(part.value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = fields
  const withinSecond = ((instant % SECOND) + SECOND) % SECOND
  return Date.UTC(year, month - 1, day, hour, minute, second) + withinSecond
}

const offsetAt = (instant: number, timeZone: string): number => wallTime(instant, timeZone) - instant

/**
 * The first instant at which the wall clock reaches a wall time. No zone is further than 16 h from UTC and no two of a
 * zone's clock changes lie within two days, so the offsets a day before and a day after are the only two that matter.
 */
function firstInstantAt(wall: number, timeZone: string): number {
  const before = offsetAt(wall - DAY, timeZone)
  const underOld = wall - before
  if (offsetAt(underOld, timeZone) === before) return underOld

  const after = offsetAt(wall + DAY, timeZone)
  const underNew = wall - after
  if (offsetAt(underNew, timeZone) === after) return underNew

  // The clock skips this wall time. The change lies after `underNew` (still the old offset) and not after `underOld`.
  let old = underNew
  let changed = underOld
  while (changed - old > SECOND) {
    const middle = old + Math.floor((changed - old) / 2 / SECOND) * SECOND
    if (offsetAt(middle, timeZone) === after) changed = middle
    else old = middle
  }
  return changed
}

function cutoffMilliseconds(dayCutoff: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)(?::00)?$/.exec(dayCutoff)
  if (!match) throw new RangeError(`Not a day cutoff (HH:MM): ${JSON.stringify(dayCutoff)}`)
  return (Number(match[1]) * 60 + Number(match[2])) * 60_000
}

function midnightOf(date: BusinessDate): number {
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(midnight) || dateText(midnight) !== date) {
    throw new RangeError(`Not a date (YYYY-MM-DD): ${JSON.stringify(date)}`)
  }
  return midnight
}

const dateText = (midnight: number): BusinessDate => new Date(midnight).toISOString().slice(0, 10)

/** The calendar date so many days later (or earlier). Throws a RangeError for anything but `YYYY-MM-DD`. */
export const addDays = (date: BusinessDate, days: number): BusinessDate =>
  dateText(midnightOf(date) + days * DAY)

/**
 * The business date (`YYYY-MM-DD`) that an instant belongs to. `timeZone` is an IANA name, `dayCutoff` local `HH:MM`
 * (`HH:MM:00` as PostgreSQL's `time` prints it will do). Throws a RangeError for an unknown zone or a malformed cutoff.
 */
export function businessDate(instant: Date, timeZone: string, dayCutoff: string): BusinessDate {
  const cutoff = cutoffMilliseconds(dayCutoff)
  const wall = wallTime(instant.getTime(), timeZone) - cutoff
  let midnight = Math.floor(wall / DAY) * DAY
  // After the clock went back across the cutoff it shows the old date again, but the new day has begun for good.
  while (firstInstantAt(midnight + DAY + cutoff, timeZone) <= instant.getTime()) midnight += DAY
  return dateText(midnight)
}

/** The half-open range `[from, to)` of instants of a business date. Empty only for a date that the zone skipped. */
export function businessDayRange(
  date: BusinessDate,
  timeZone: string,
  dayCutoff: string,
): { from: Date; to: Date } {
  const midnight = midnightOf(date)
  const cutoff = cutoffMilliseconds(dayCutoff)
  return {
    from: new Date(firstInstantAt(midnight + cutoff, timeZone)),
    to: new Date(firstInstantAt(midnight + DAY + cutoff, timeZone)),
  }
}

/** When the business day of an instant ends: "until closing", since nobody puts a dish back at closing time itself. */
export const endOfBusinessDay = (instant: Date, timeZone: string, dayCutoff: string): Date =>
  businessDayRange(businessDate(instant, timeZone, dayCutoff), timeZone, dayCutoff).to

/** The last business date that is over: it ended at or before the instant, and the next one has not. */
export const lastEndedDate = (instant: Date, timeZone: string, dayCutoff: string): BusinessDate =>
  addDays(businessDate(instant, timeZone, dayCutoff), -1)
