import { moneyText, parseMoney } from './money-input'
import { ALLERGENS, ANIMAL_SOURCES, UNITS, type Unit } from './vocabulary'

/** Cells as people write them, and back. Each reader returns undefined for what it can't read. */

const YES = ['yes', 'y', 'true', '1', 'x', 'on']
const NO = ['no', 'n', 'false', '0', 'off']

export const readFlag = (text: string): boolean | undefined => {
  const word = text.toLowerCase()
  return YES.includes(word) ? true : NO.includes(word) ? false : undefined
}
export const writeFlag = (value: boolean): string => (value ? 'yes' : 'no')

export const readText = (text: string): string => text
export const writeText = (value: string): string => value

export const readWhole = (text: string): number | undefined =>
  /^\d{1,9}$/.test(text) ? Number(text) : undefined
export const writeWhole = (value: number): string => String(value)

/** "12.50", "12,50", "€ 12.50" and "12,50 EUR" alike; never thousands, of which nobody knows which mark they have. */
const bareAmount = (text: string, currency: string): string =>
  text.replace(currency, '').replace(/[\p{Sc}\s]/gu, '')

export const readPrice = (text: string, currency: string): number | undefined =>
  parseMoney(bareAmount(text, currency), currency) ?? undefined
export const writePrice = (cents: number, currency: string): string => moneyText(cents, currency)

/** Cents with four decimals at most, as text, of an amount such as "0,0125". */
export function readUnitPrice(text: string, currency: string): string | undefined {
  const [, whole, fraction = ''] = /^(\d{1,7})(?:[.,](\d{1,8}))?$/.exec(bareAmount(text, currency)) ?? []
  const shift = decimalsOf(currency)
  if (whole === undefined) return
  const digits = fraction.padEnd(shift, '0')
  const rest = digits.slice(shift).replace(/0+$/, '')
  if (rest.length > 4) return
  return `${(whole + digits.slice(0, shift)).replace(/^0+(?=\d)/, '')}${rest && `.${rest}`}`
}

export function writeUnitPrice(cents: string, currency: string): string {
  const shift = decimalsOf(currency)
  const [units = '0', rest = ''] = cents.split('.')
  const digits = units.padStart(shift + 1, '0')
  const fraction = digits.slice(digits.length - shift) + rest
  return `${digits.slice(0, digits.length - shift)}${/[1-9]/.test(fraction) ? `.${fraction}` : ''}`
}

/** As the currency says, by what one of its units is in the smallest ones. */
const decimalsOf = (currency: string): number => String(parseMoney('1', currency) ?? 1).length - 1

const UNIT_WORDS: Readonly<Record<string, Unit>> = {
  kilo: 'kg',
  kilogram: 'kg',
  kilograms: 'kg',
  gram: 'g',
  grams: 'g',
  gr: 'g',
  litre: 'l',
  litres: 'l',
  liter: 'l',
  liters: 'l',
  millilitre: 'ml',
  milliliter: 'ml',
  pc: 'pcs',
  piece: 'pcs',
  pieces: 'pcs',
  each: 'pcs',
  cup: 'cups',
}

export const readUnit = (text: string): Unit | undefined => {
  const word = text.toLowerCase()
  return (
    UNITS.find((unit) => unit === word) ?? (Object.hasOwn(UNIT_WORDS, word) ? UNIT_WORDS[word] : undefined)
  )
}

/** An amount with its unit where one is written: "500 g" is yet to be told in the ingredient's own unit. */
export type Amount = { quantity: string; unit: Unit | null }

export function readAmount(text: string): Amount | undefined {
  const [, whole, fraction = '', word = ''] = /^(\d{1,9})(?:[.,](\d{1,3}))?\s*(\p{L}*)$/u.exec(text) ?? []
  const unit = word === '' ? null : readUnit(word)
  if (whole === undefined || unit === undefined) return
  return { quantity: fraction ? `${whole}.${fraction}` : whole, unit }
}

const itemsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[\s,;|/]+/)
    .filter(Boolean)

export const readAllergens = (text: string): string[] | undefined => {
  const items = itemsOf(text).filter((item) => item !== 'none')
  return items.every((item) => (ALLERGENS as readonly string[]).includes(item)) ? items : undefined
}

const NONE = 'none'

export const readAnimalSources = (text: string): string[] | undefined => {
  const items = itemsOf(text)
  if (items.length === 1 && items[0] === NONE) return []
  return items.every((item) => (ANIMAL_SOURCES as readonly string[]).includes(item)) ? items : undefined
}
export const writeAnimalSources = (sources: readonly string[]): string => sources.join(' ') || NONE

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

export const readDays = (text: string): number[] | undefined => {
  const days = itemsOf(text).map((item) => DAYS.indexOf(item.slice(0, 3)) + 1)
  return days.every((day) => day > 0) ? days : undefined
}
export const writeDays = (days: readonly number[]): string =>
  days.map((day) => (DAYS[day - 1] ?? '').replace(/^./, (letter) => letter.toUpperCase())).join(' ')

export const writeList = (items: readonly string[]): string => items.join(' ')
