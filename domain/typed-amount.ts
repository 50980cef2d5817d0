import { convertQuantity, fromThousandths, type Quantity, toThousandths } from './quantity'
import { UNITS, type Unit } from './vocabulary'

/** More whole units than stock ever holds. */
const MOST_DIGITS = 9

/**
 * An amount as people type it into a field about one ingredient, in its unit: "2.5", "2,5", or in a unit that converts,
 * "500 g" for what is counted in kg. Nothing typed is 0. Of others, what to write instead.
 */
export function readTypedAmount(
  text: string,
  unit: Unit,
): { ok: true; quantity: Quantity } | { ok: false; error: string } {
  const typed = text.trim()
  if (typed === '') return { ok: true, quantity: '0' }
  const [, figure = '', suffix = ''] = /^([\d.,]+)\s*([a-z]*)$/i.exec(typed) ?? []
  const thousands = /^([1-9]\d{0,2}),(\d{3})$/.exec(figure)
  if (thousands) return wrong(`Write ${thousands[1]}${thousands[2]}, or ${thousands[1]}.${thousands[2]}.`)
  if (/^\d*[.,]\d{4,}$/.test(figure)) return wrong('Write three decimals at most, perhaps in a smaller unit.')
  if (!/^\d{1,9}([.,]\d{1,3})?$/.test(figure)) return wrong(`Write an amount such as 2.5 ${unit}.`)
  const given = suffix === '' ? unit : UNITS.find((known) => known === suffix.toLowerCase())
  const amount = fromThousandths(toThousandths(figure.replace(',', '.')))
  const quantity = given ? convertQuantity(amount, given, unit) : null
  return quantity !== null && wholeDigits(quantity) <= MOST_DIGITS
    ? { ok: true, quantity }
    : wrong(`Write it in ${unit}, with three decimals at most.`)
}

const wholeDigits = (quantity: Quantity): number => quantity.split('.')[0]?.length ?? 0

const wrong = (error: string) => ({ ok: false as const, error })
