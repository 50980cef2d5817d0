import { STOCK_FILTERS, STOCK_SORTS, type StockFilter, type StockSort } from '@/db/queries/stock'
import { STORAGE_AREAS, type StorageArea } from '@/domain/vocabulary'
import { readSearchText } from '../../admin/search-text'

/** What the stock list shows, as its URL says it. */
export type StockView = {
  search: string
  supplierId: number | null
  storageArea: StorageArea | null
  filter: StockFilter
  sort: StockSort
  descending: boolean
  /** Where the page begins; null is the first. */
  after: string | null
}

type SearchParams = Record<string, string | string[] | undefined>

/** What runs out first. */
const USUAL_SORT: StockSort = 'days_left'
const LONGEST_KEY = 300

/** Whatever is malformed, or there twice, counts as not there. */
export function readStockView(given: SearchParams): StockView {
  const { supplier, after } = given
  return {
    search: readSearchText(given.q),
    supplierId: typeof supplier === 'string' && /^[1-9]\d{0,8}$/.test(supplier) ? Number(supplier) : null,
    storageArea: STORAGE_AREAS.find((area) => area === given.area) ?? null,
    filter: STOCK_FILTERS.find((filter) => filter === given.show) ?? 'all',
    sort: STOCK_SORTS.find((sort) => sort === given.sort) ?? USUAL_SORT,
    descending: given.order === 'desc',
    after: typeof after === 'string' && after !== '' && after.length <= LONGEST_KEY ? after : null,
  }
}

/** A view as the URL's parameters; what is as usual is left out. */
export function stockParams(view: StockView): Record<string, string> {
  const params: Record<string, string | null> = {
    q: view.search,
    supplier: view.supplierId === null ? null : String(view.supplierId),
    area: view.storageArea,
    show: view.filter === 'all' ? null : view.filter,
    sort: view.sort === USUAL_SORT ? null : view.sort,
    order: view.descending ? 'desc' : null,
    after: view.after,
  }
  return Object.fromEntries(
    Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1])),
  )
}

/** The page's URL for a view with changes; whatever changes, it begins at the first page. */
export function stockHref(slug: string, view: StockView, change: Partial<StockView> = {}): string {
  const query = new URLSearchParams(stockParams({ ...view, after: null, ...change })).toString()
  return query ? `/inventory/${slug}?${query}` : `/inventory/${slug}`
}

/** Whether the view shows fewer than all ingredients. */
export const isFiltered = ({ search, supplierId, storageArea, filter }: StockView): boolean =>
  search !== '' || supplierId !== null || storageArea !== null || filter !== 'all'

/** Where one ingredient of a restaurant's stock has its page. */
export const ingredientHref = (slug: string, ingredientId: number): string =>
  `/inventory/${slug}/ingredients/${ingredientId}`
