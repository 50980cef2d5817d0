/** Money is integer minor units ("cents") of the chain's one currency, from the database to the screen. */

type CurrencyFormat = { formatter: Intl.NumberFormat; digits: number }

const formats = new Map<string, CurrencyFormat>()

// Making an Intl formatter costs a hundred times what using one does, asking for its options ten times, and a page formats
// hundreds of amounts.
function currencyFormat(currency: string, locale: string): CurrencyFormat {
  const key = `${locale} ${currency}`
  const known = formats.get(key)
  if (known) return known
  const formatter = new Intl.NumberFormat(locale, { style: 'currency', currency })
  const made = { formatter, digits: formatter.resolvedOptions().maximumFractionDigits ?? 2 }
  formats.set(key, made)
  return made
}

function assertCents(cents: number): void {
  if (!Number.isSafeInteger(cents)) throw new RangeError(`Not a whole number of cents: ${cents}`)
}

/** `cents` divided by ten to the power of `digits`, written out exactly: 1234567 with 2 is "12345.67". */
function decimalText(cents: number, digits: number): `${number}` {
  const sign = cents < 0 ? '-' : ''
  const figures = String(Math.abs(cents)).padStart(digits + 1, '0')
  const whole = figures.slice(0, figures.length - digits)
  const fraction = figures.slice(figures.length - digits)
  return (digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${fraction}`) as `${number}`
}

/**
 * An amount as people read it: `formatMoney(1250, 'EUR')` is "€12.50". A currency without cents (JPY) takes the number
 * as it is. Throws a RangeError for anything but a safe integer, and for an unknown currency.
 */
export function formatMoney(cents: number, currency: string, locale = 'en'): string {
  assertCents(cents)
  const { formatter, digits } = currencyFormat(currency, locale)
  return formatter.format(decimalText(cents, digits))
}

/** The sum of amounts in cents. Throws a RangeError instead of losing a cent beyond 2^53. */
export function sumCents(amounts: Iterable<number>): number {
  let sum = 0
  for (const amount of amounts) {
    assertCents(amount)
    sum += amount
    // At each step: a rounded partial sum could come back into the safe range, wrong.
    assertCents(sum)
  }
  return sum
}
