/** An instant (milliseconds since 1970) as an operator notes it, whose servers run on UTC. */
export const utc = (at: number, locale: string): string =>
  `${new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(at)} UTC`

/** Since when something is counted, to stand after "counted". */
export const sinceWords = (since: number, locale: string): string => `since ${utc(since, locale)}`
