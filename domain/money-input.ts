/** Amounts as people type them into a field, and back. */

/** More than any dish costs, and less than an `integer` column holds. */
const MOST_CENTS = 1_000_000_000

const decimals = new Map<string, number>()

/** How many decimals a currency has: 2 for the euro, none for the yen. */
export function decimalsOf(currency: string): number {
  const known = decimals.get(currency)
  if (known !== undefined) return known
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  const found = format.resolvedOptions().maximumFractionDigits ?? 2
  decimals.set(currency, found)
  return found
}

/**
 * Cents of an amount such as "12", "12.5" or "12,50"; null for anything else, for more decimals than the currency has,
 * and for more than a thousand million of them. Never negative.
 */
export function parseMoney(text: string, currency: string): number | null {
  const [, whole, fraction = ''] = /^\s*(\d{1,10})(?:[.,](\d+))?\s*$/.exec(text) ?? []
  const digits = decimalsOf(currency)
  if (whole === undefined || fraction.length > digits) return null
  const cents = Number(whole + fraction.padEnd(digits, '0'))
  return cents <= MOST_CENTS ? cents : null
}

/** The shortest text that `parseMoney` reads as so many cents: 1250 is "12.50", 1200 is "12". */
export function moneyText(cents: number, currency: string): string {
  const digits = decimalsOf(currency)
  const figures = String(cents).padStart(digits + 1, '0')
  const whole = figures.slice(0, figures.length - digits)
  const fraction = figures.slice(figures.length - digits)
  return /^0*$/.test(fraction) ? whole : `${whole}.${fraction}`
}
