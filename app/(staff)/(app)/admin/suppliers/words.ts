import type { WEEKDAY_NAMES } from '@/domain/supplier'

export const DAY_WORDS: Record<(typeof WEEKDAY_NAMES)[number], string> = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
}

const NAMES = Object.values(DAY_WORDS)

/** "every day", "Mon–Fri" or "Mon, Thu", of weekdays from 1 Monday to 7 Sunday in their order. */
export function daysInWords(days: readonly number[]): string {
  if (days.length === NAMES.length) return 'every day'
  const word = (day: number | undefined) => NAMES[(day ?? 1) - 1] ?? ''
  const [first, last] = [days[0], days.at(-1)]
  const isSpan = days.length > 2 && (last ?? 0) - (first ?? 0) === days.length - 1
  return isSpan ? `${word(first)}–${word(last)}` : days.map(word).join(', ')
}
