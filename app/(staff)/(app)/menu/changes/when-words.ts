/** A day and a time, in the time zone of the server: admins work in one place, restaurants in many. */
export const whenWords = (instant: number, locale: string): string =>
  new Date(instant).toLocaleString(locale, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })
