import { INGREDIENT_GAPS, type IngredientFilter } from '@/db/queries/ingredients'
import { readSearchText } from '../search-text'

/** What the list of ingredients shows, as its URL says it. */
export type IngredientView = IngredientFilter & { page: number }

type SearchParams = Record<string, string | string[] | undefined>

/** Whatever is malformed, or there twice, counts as not there. */
export function readIngredientView(given: SearchParams): IngredientView {
  const number = (name: string) => {
    const text = given[name]
    return typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null
  }
  return {
    search: readSearchText(given.q),
    supplierId: number('supplier'),
    gap: INGREDIENT_GAPS.find((gap) => gap === given.gap) ?? null,
    isActive: given.show !== 'inactive',
    // No chain has as many pages; the database would count that far.
    page: Math.min(number('page') ?? 1, 10_000),
  }
}

/** The page's URL for a view with changes; whatever changes, it begins at the first page. */
export function ingredientsHref(view: IngredientView, change: Partial<IngredientView> = {}): string {
  const { search, supplierId, gap, isActive, page } = { ...view, page: 1, ...change }
  const params = {
    q: search,
    supplier: supplierId && String(supplierId),
    gap,
    show: isActive ? null : 'inactive',
    page: page > 1 ? String(page) : null,
  }
  const given = Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1]))
  const query = new URLSearchParams(given).toString()
  return query ? `/admin/ingredients?${query}` : '/admin/ingredients'
}

/** Whether the view shows fewer than all active ones. */
export const isFiltered = ({ search, supplierId, gap, isActive }: IngredientView): boolean =>
  search !== '' || supplierId !== null || gap !== null || !isActive
