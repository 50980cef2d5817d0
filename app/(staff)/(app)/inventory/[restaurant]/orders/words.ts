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

/** A business date as people say it: "Wed 25 Nov". */
export function dateWords(date: string, locale: string): string {
  const format = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' } as const
  return new Date(`${date}T00:00:00Z`).toLocaleDateString(locale, format)
}

/** "1 ingredient", "3 ingredients". */
export const ingredientsWords = (count: number, locale: string): string =>
  `${count.toLocaleString(locale)} ${count === 1 ? 'ingredient' : 'ingredients'}`
