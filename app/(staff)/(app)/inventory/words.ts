import type { MovementKind, StorageArea, WasteReason } from '@/domain/vocabulary'

/** What people call what stock is about. */

export const AREA_WORDS: Record<StorageArea, string> = {
  dry: 'Dry store',
  chilled: 'Chilled',
  frozen: 'Frozen',
  bar: 'Bar',
}

/** Of a count: one place, or all of them. */
export const placeWords = (area: StorageArea | null): string => (area ? AREA_WORDS[area] : 'Everything')

export const WASTE_WORDS: Record<WasteReason, string> = {
  spoiled: 'Spoiled',
  expired: 'Past its date',
  dropped: 'Dropped',
  overcooked: 'Overcooked',
  returned: 'Came back from a guest',
  trimmings: 'Trimmings',
  staff_meal: 'Staff meal',
  other: 'Something else',
}

export const MOVEMENT_WORDS: Record<MovementKind, string> = {
  received: 'Received',
  consumed: 'Used',
  reversed: 'Put back',
  waste: 'Waste',
  count: 'Counted',
  transfer: 'Transferred',
}
