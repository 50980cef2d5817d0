import type { Unit } from './vocabulary'

/**
 * Quantities are decimal strings with up to three decimals, as PostgreSQL's `numeric` gives them. Arithmetic goes
 * through whole thousandths in a bigint: 0.1 kg + 0.2 kg is 0.3 kg here, and stays so at any size.
 */
export type Quantity = string

const FORM = /^(-?)(\d+)(?:\.(\d{1,3})0*)?$/
const THOUSAND = 1000n

/** The quantity in thousandths of its unit. Throws a RangeError for anything but a decimal with three places at most. */
export function toThousandths(quantity: Quantity): bigint {
  const match = FORM.exec(quantity)
  if (!match) throw new RangeError(`Not a quantity: ${JSON.stringify(quantity)}`)
  const [, sign, whole = '0', fraction = ''] = match
  const magnitude = BigInt(whole) * THOUSAND + BigInt(fraction.padEnd(3, '0'))
  return sign ? -magnitude : magnitude
}

/** The shortest decimal string for so many thousandths: "2.5", never "2.500" or "-0". */
export function fromThousandths(thousandths: bigint): Quantity {
  const magnitude = thousandths < 0n ? -thousandths : thousandths
  const fraction = String(magnitude % THOUSAND)
    .padStart(3, '0')
    .replace(/0+$/, '')
  return `${thousandths < 0n ? '-' : ''}${magnitude / THOUSAND}${fraction && `.${fraction}`}`
}

export const addQuantities = (a: Quantity, b: Quantity): Quantity =>
  fromThousandths(toThousandths(a) + toThousandths(b))

export const subtractQuantities = (a: Quantity, b: Quantity): Quantity =>
  fromThousandths(toThousandths(a) - toThousandths(b))

/** So many portions of a quantity. Throws a RangeError unless `times` is a safe integer. */
export function multiplyQuantity(quantity: Quantity, times: number): Quantity {
  if (!Number.isSafeInteger(times)) throw new RangeError(`Not a whole number of times: ${times}`)
  return fromThousandths(toThousandths(quantity) * BigInt(times))
}

/** Negative, zero or positive, as `a` is less than, equal to or more than `b`: fit for `sort`. */
export function compareQuantities(a: Quantity, b: Quantity): number {
  const difference = toThousandths(a) - toThousandths(b)
  return difference === 0n ? 0 : difference < 0n ? -1 : 1
}

/** How many of the smaller unit make one of the larger, by SI prefix. Cups and pieces convert into nothing. */
const LARGER: Partial<Record<Unit, { of: 'mass' | 'volume'; factor: bigint }>> = {
  kg: { of: 'mass', factor: 1000n },
  g: { of: 'mass', factor: 1n },
  l: { of: 'volume', factor: 1000n },
  ml: { of: 'volume', factor: 1n },
}

/** What turns an amount in one unit into another: times `multiply`, by `divide`. Null where they measure different things. */
export function conversion(from: Unit, to: Unit): { multiply: bigint; divide: bigint } | null {
  if (from === to) return { multiply: 1n, divide: 1n }
  const source = LARGER[from]
  const target = LARGER[to]
  return source && target && source.of === target.of
    ? { multiply: source.factor, divide: target.factor }
    : null
}

/**
 * The same amount in another unit: kg↔g and l↔ml. Null where the units measure different things, or where the result
 * would need more than three decimals (0.5 g in kg), because rounding stock silently loses it.
 */
export function convertQuantity(quantity: Quantity, from: Unit, to: Unit): Quantity | null {
  const ratio = conversion(from, to)
  if (!ratio) return null
  const scaled = toThousandths(quantity) * ratio.multiply
  return scaled % ratio.divide === 0n ? fromThousandths(scaled / ratio.divide) : null
}

const formatters = new Map<string, Intl.NumberFormat>()

/** A quantity as people read it, without trailing zeros: `formatQuantity('1250.500', 'g')` is "1,250.5 g". */
export function formatQuantity(quantity: Quantity, unit?: Unit, locale = 'en'): string {
  let formatter = formatters.get(locale)
  if (!formatter) {
    formatter = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 })
    formatters.set(locale, formatter)
  }
  // A string reaches Intl exactly; as a number, figures beyond the 15th would change.
  const figure = formatter.format(fromThousandths(toThousandths(quantity)) as `${number}`)
  return unit ? `${figure} ${unit}` : figure
}
