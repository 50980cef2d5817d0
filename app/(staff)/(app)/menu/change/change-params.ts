import type { BulkChange } from '@/domain/bulk-change'
import { MOST_PRICE } from '@/domain/menu-item'
import { parseMoney } from '@/domain/money-input'
import { PRICE_ENDINGS } from '@/domain/price-change'

/** What a bulk change can be, in the order of the form. */
export const BULK_KINDS = ['percent', 'amount', 'category', 'on', 'off'] as const
export type BulkKind = (typeof BULK_KINDS)[number]

/** The form's fields as text, from the URL or from what was sent. */
export type ChangeFields = { what: string; by: string; ending: string; to: string }

export type ReadChange =
  | { ok: true; kind: BulkKind; change: BulkChange }
  /** `error` says what to write, beside the field; null before anything was chosen. */
  | { ok: false; error: string | null }

const MOST_BASIS_POINTS = 100_000

/** The change that the form's fields say. */
export function readChange({ what, by, ending, to }: ChangeFields, currency: string): ReadChange {
  const kind = BULK_KINDS.find((candidate) => candidate === what)
  if (!kind) return { ok: false, error: null }
  if (kind === 'on' || kind === 'off')
    return { ok: true, kind, change: { field: 'isAvailable', to: kind === 'on' } }
  if (kind === 'category') {
    if (!/^[1-9]\d{0,8}$/.test(to)) return { ok: false, error: 'Choose the category that they move to.' }
    return { ok: true, kind, change: { field: 'categoryId', to: Number(to) } }
  }
  const step = kind === 'percent' ? readPercent(by) : readAmount(by, currency)
  if (!step) return { ok: false, error: kind === 'percent' ? PERCENT : AMOUNT }
  const known = PRICE_ENDINGS.find((candidate) => candidate === ending) ?? 'exact'
  return { ok: true, kind, change: { field: 'price', by: { by: step, ending: known } } }
}

const PERCENT = 'Write a share from −100 to 1,000, such as 5 or -2.5.'
const AMOUNT = 'Write an amount such as 0.50 or -1.'

const SIGNED = /^\s*([+\-−]?)\s*(\d.*)$/

function readPercent(text: string): { basisPoints: number } | null {
  const [, sign, figures = ''] = SIGNED.exec(text.replace(/\s*%\s*$/, '')) ?? []
  const [, whole, fraction = ''] = /^(\d{1,4})(?:[.,](\d{1,2}))?\s*$/.exec(figures) ?? []
  if (whole === undefined) return null
  const basisPoints = signed(sign, Number(whole) * 100 + Number(fraction.padEnd(2, '0')))
  const fits = basisPoints >= -10_000 && basisPoints <= MOST_BASIS_POINTS && basisPoints !== 0
  return fits ? { basisPoints } : null
}

function readAmount(text: string, currency: string): { cents: number } | null {
  const [, sign, figures = ''] = SIGNED.exec(text) ?? []
  const cents = parseMoney(figures, currency)
  return cents !== null && cents > 0 && cents <= MOST_PRICE ? { cents: signed(sign, cents) } : null
}

const signed = (sign: string | undefined, figure: number): number => (sign && sign !== '+' ? -figure : figure)
