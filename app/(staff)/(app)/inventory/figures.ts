import { formatMoney } from '@/domain/money'
import type { Quantity } from '@/domain/quantity'
import { MOST_DAYS_LEFT } from '@/domain/stock-use'

const signed = new Map<string, Intl.NumberFormat>()

/** A difference in a unit with its sign: "+1.5" or "−2". */
export function signedAmount(quantity: Quantity, locale: string): string {
  let formatter = signed.get(locale)
  if (!formatter) {
    formatter = new Intl.NumberFormat(locale, { maximumFractionDigits: 3, signDisplay: 'exceptZero' })
    signed.set(locale, formatter)
  }
  // A string reaches Intl exactly, however many digits it has. English's minus is a hyphen, narrower than its plus.
  return formatter.format(quantity as `${number}`).replace('-', '−')
}

/** A difference in money with its sign. */
export function signedMoney(
  cents: number,
  { currency, locale }: { currency: string; locale: string },
): string {
  const figure = formatMoney(Math.abs(cents), currency, locale)
  return cents > 0 ? `+${figure}` : cents < 0 ? `−${figure}` : figure
}

/** How long stock lasts, for a narrow column: "4 d". */
export function daysWords(days: number | null, locale: string): string {
  if (days === null) return '–'
  return days >= MOST_DAYS_LEFT ? `${MOST_DAYS_LEFT} d +` : `${days.toLocaleString(locale)} d`
}

const moments = new Map<string, Intl.DateTimeFormat>()

/** Day and time of an instant, in milliseconds since 1970, as the restaurant's calendar and clock show them. */
export function momentWords(instant: number, timeZone: string, locale: string): string {
  const key = `${locale} ${timeZone}`
  let formatter = moments.get(key)
  if (!formatter) {
    const parts = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const
    formatter = new Intl.DateTimeFormat(locale, { timeZone, ...parts })
    moments.set(key, formatter)
  }
  return formatter.format(instant)
}

/** A business date as people write it: "21 Nov 2026". */
export const dateWords = (date: string, locale: string): string =>
  new Date(`${date}T00:00:00Z`).toLocaleDateString(locale, { dateStyle: 'medium', timeZone: 'UTC' })
