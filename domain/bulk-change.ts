import type { MenuItem } from './menu-item'
import { changedPrice, type PriceChange } from './price-change'

/** What one bulk change does to every dish that it is about. */
export type BulkChange =
  | { field: 'isAvailable'; to: boolean }
  | { field: 'categoryId'; to: number }
  | { field: 'price'; by: PriceChange }

export type BulkField = BulkChange['field']

/** The fields that can be changed in bulk, each with one value of text, number or truth. */
export type BulkDish = Pick<MenuItem, BulkField>

/** What a bulk change makes of a field's value; null where it can't be, see `changedPrice`. */
export function bulkValue(change: BulkChange, was: number | boolean): number | boolean | null {
  if (change.field === 'price') return changedPrice(Number(was), change.by)
  return change.to
}
