import type { FoundKind } from '@/db/queries/find-anything'

export type EntryKind = FoundKind | 'page' | 'restaurant'

/** One place to go to. */
export type Entry = { kind: EntryKind; label: string; note: string; href: string }

/** The groups of the list, in their order. */
export const GROUPS: readonly { kind: EntryKind; heading: string }[] = [
  { kind: 'order', heading: 'Orders' },
  { kind: 'page', heading: 'Pages' },
  { kind: 'restaurant', heading: 'Restaurants' },
  { kind: 'dish', heading: 'Dishes' },
  { kind: 'recipe', heading: 'Recipes' },
  { kind: 'ingredient', heading: 'Ingredients' },
  { kind: 'supplier', heading: 'Suppliers' },
  { kind: 'person', heading: 'People' },
]
