import { formatMoney } from '@/domain/money'
import { moneyText } from '@/domain/money-input'
import type { PriceEnding } from '@/domain/price-change'
import type { BulkKind, ChangeFields } from './change-params'

export const KIND_WORDS: Record<BulkKind, string> = {
  percent: 'Price by percent',
  amount: 'Price by amount',
  category: 'Move to a category',
  on: 'Put on the menu',
  off: 'Take off the menu',
}

/** "ending in .90": with a comma or without cents, as the currency has it. */
export function endingWords(ending: PriceEnding, currency: string, locale: string): string {
  if (ending === 'exact') return 'to the cent'
  if (moneyText(50, currency) === '50') return `ending in ${ending}`
  const mark = formatMoney(1, currency, locale).includes(',') ? ',' : '.'
  return `ending in ${mark}${ending}`
}

/** What a bulk change is called in the list of what was published. */
export function changeName(kind: BulkKind, { by }: ChangeFields, dishes: number): string {
  const of = dishes === 1 ? '1 dish' : `${dishes} dishes`
  if (kind === 'percent') return `Prices of ${of} by ${by.trim().slice(0, 20)} %`
  if (kind === 'amount') return `Prices of ${of} by ${by.trim().slice(0, 20)}`
  if (kind === 'category') return `Category of ${of}`
  return kind === 'on' ? `${of} put on the menu` : `${of} taken off the menu`
}
