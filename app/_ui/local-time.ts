const clocks = new Map<string, Intl.DateTimeFormat>()

/** Hours and minutes as a clock on that wall shows them. */
export function localTime(instant: Date, timeZone: string, locale: string): string {
  const key = `${locale} ${timeZone}`
  let clock = clocks.get(key)
  if (!clock) {
    // Making a formatter costs far more than using one, and a page asks once a row.
    clock = new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit' })
    clocks.set(key, clock)
  }
  return clock.format(instant)
}
