import { decimalsOf } from './money-input'

/** Decimals of a cent that the price of a unit may have: a gram of salt costs far less than a cent. */
const CENT_DECIMALS = 4
/** More whole cents than the column holds would need more figures. */
const MOST_WHOLE_CENTS = 8

/**
 * Cents for one unit, as a decimal string in its shortest form, of an amount such as "0.0125" or "12,5"; null for
 * anything else, for more than four decimals of a cent, and for more than the column holds. Never negative.
 */
export function parseUnitPrice(text: string, currency: string): string | null {
  const [, whole, fraction = ''] = /^\s*(\d{1,9})(?:[.,](\d+))?\s*$/.exec(text) ?? []
  const digits = decimalsOf(currency)
  if (whole === undefined || fraction.length > digits + CENT_DECIMALS) return null
  const padded = fraction.padEnd(digits, '0')
  const cents = (whole + padded.slice(0, digits)).replace(/^0+(?=\d)/, '')
  const rest = padded.slice(digits).replace(/0+$/, '')
  return cents.length > MOST_WHOLE_CENTS ? null : cents + (rest && `.${rest}`)
}

/** The shortest text that `parseUnitPrice` reads as so many cents for one unit: "1.25" is "0.0125". */
export function unitPriceText(cents: string, currency: string): string {
  const [whole = '0', rest = ''] = cents.split('.')
  const digits = decimalsOf(currency)
  const figures = whole.padStart(digits + 1, '0')
  const fraction = figures.slice(figures.length - digits) + rest
  const shown = rest === '' && /^0*$/.test(fraction) ? '' : fraction
  return figures.slice(0, figures.length - digits) + (shown && `.${shown}`)
}

const formatters = new Map<string, Intl.NumberFormat>()

/** The price of a unit as people read it, with all decimals that it has: `formatUnitPrice('1.25', 'EUR')` is "€0.0125". */
export function formatUnitPrice(cents: string, currency: string, locale = 'en'): string {
  const key = `${locale} ${currency}`
  let formatter = formatters.get(key)
  if (!formatter) {
    const maximumFractionDigits = decimalsOf(currency) + CENT_DECIMALS
    formatter = new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits })
    formatters.set(key, formatter)
  }
  return formatter.format(unitPriceText(cents, currency) as `${number}`)
}
