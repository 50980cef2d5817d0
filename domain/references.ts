import type { Fields } from './record'

/** What records name by number. */
const REFERENCE_KINDS = ['category', 'recipe', 'ingredient', 'supplier', 'chef'] as const
export type ReferenceKind = (typeof REFERENCE_KINDS)[number]

export type References = Record<ReferenceKind, number[]>

const KINDS: Record<string, ReferenceKind> = {
  categoryId: 'category',
  recipeId: 'recipe',
  supplierId: 'supplier',
  chefId: 'chef',
}

/** All that some records, or some fields of them, name by number: to be looked up in one go. */
export function referencesIn(records: Iterable<Fields | null>): References {
  const found: References = { category: [], recipe: [], ingredient: [], supplier: [], chef: [] }
  for (const record of records) {
    for (const [field, value] of Object.entries(record ?? {})) {
      const kind = KINDS[field]
      if (kind && typeof value === 'number') found[kind].push(value)
      if (field === 'lines' && Array.isArray(value)) found.ingredient.push(...value.map(ingredientOf))
    }
  }
  for (const kind of REFERENCE_KINDS) found[kind] = [...new Set(found[kind].filter(Number.isInteger))]
  return found
}

const ingredientOf = (line: { ingredientId?: number } | null): number => line?.ingredientId ?? Number.NaN
