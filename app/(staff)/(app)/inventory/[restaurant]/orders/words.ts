import type { Tone } from '@/app/_ui/status-mark'
import type { PurchaseStatus } from '@/domain/vocabulary'

export const PURCHASE_WORDS: Record<PurchaseStatus, string> = {
  draft: 'Draft',
  sent: 'Sent',
  partly_received: 'Partly received',
  received: 'Received',
  closed_short: 'Closed short',
  cancelled: 'Cancelled',
}

export const PURCHASE_TONES: Record<PurchaseStatus, Tone> = {
  draft: 'amber',
  sent: 'blue',
  partly_received: 'blue',
  received: 'green',
  closed_short: 'muted',
  cancelled: 'muted',
}

const days = new Map<string, Intl.DateTimeFormat>()

/** A business date as people say it: "Wed 25 Nov". */
export function dateWords(date: string, locale: string): string {
  let format = days.get(locale)
  if (!format) {
    // Making a formatter costs far more than using one, and a page asks once a row.
    const day = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' } as const
    format = new Intl.DateTimeFormat(locale, day)
    days.set(locale, format)
  }
  return format.format(new Date(`${date}T00:00:00Z`))
}

/** "1 ingredient", "3 ingredients". */
export const ingredientsWords = (count: number, locale: string): string =>
  `${count.toLocaleString(locale)} ${count === 1 ? 'ingredient' : 'ingredients'}`
