import { MENU_SORTS, type MenuPageParams, type MenuSort, type MenuStatus } from '@/db/queries/menu-list'
import { moneyText, parseMoney } from '@/domain/money-input'
import { DIETS } from '@/domain/vocabulary'

/** What the menu page shows, as its URL says it. */
export type MenuView = Omit<MenuPageParams, 'pageSize' | 'featured' | 'costs' | 'edits'> & {
  /** The slug of the restaurant whose menu it is; null is the chain's. */
  restaurant: string | null
}

type SearchParams = Record<string, string | string[] | undefined>

const LONGEST_SEARCH = 100

/** Whatever is malformed, or there twice, counts as not there. */
export function readMenuView(given: SearchParams, currency: string): MenuView {
  const text = (name: string) => (typeof given[name] === 'string' ? given[name] : '')
  const restaurant = text('restaurant') || null
  return {
    restaurant,
    status: readStatus(restaurant, text('show')),
    ...readSort(text('sort')),
    page: positiveInteger(text('page')) ?? 1,
    categoryId: positiveInteger(text('category')),
    search: readSearch(text('q')),
    minPrice: parseMoney(text('min'), currency),
    maxPrice: parseMoney(text('max'), currency),
    maxPrepMinutes: positiveInteger(text('prep')),
    diet: DIETS.find((diet) => diet === text('diet')) ?? null,
  }
}

/** The dish whose price is asked for to be changed; no part of the view, so that no other link keeps it. */
export const readOpenPrice = ({ price }: SearchParams): number | null =>
  positiveInteger(typeof price === 'string' ? price : '')

/** Only a restaurant 86es, and only the chain has dishes that are not on its menu. */
function readStatus(restaurant: string | null, text: string): MenuStatus {
  const status = STATUSES.find((candidate) => STATUS_WORDS[candidate] === text)
  return status && (status === 'eighty_sixed') === (restaurant !== null) ? status : 'available'
}

const STATUSES = ['eighty_sixed', 'off_menu'] as const
/** As the URL says it. */
const STATUS_WORDS = { available: null, eighty_sixed: '86', off_menu: 'off' } as const

/** The order of a name such as `-price`; the most sold first for one that there is not. */
function readSort(text: string): Pick<MenuView, 'sort' | 'descending'> {
  const name = text.replace(/^-/, '')
  const sort = MENU_SORTS.find((candidate) => candidate === name)
  return sort ? { sort, descending: text.startsWith('-') } : { sort: 'popularity', descending: true }
}

/** How the URL and the form name an order: `price`, or `-price` for the dearest first. */
export const sortText = (sort: MenuSort, descending: boolean): string => (descending ? `-${sort}` : sort)

/** Without control characters and halves of characters, which PostgreSQL can't take. */
const readSearch = (text: string): string =>
  text
    .slice(0, LONGEST_SEARCH)
    .replace(/[\p{Cc}\p{Cs}]+/gu, ' ')
    .trim()

/** Nine digits at most, which every `integer` of the database holds. */
const positiveInteger = (text: string): number | null => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : null)

/** A view as the URL's parameters; what is as usual is left out. */
export function menuParams(view: MenuView, currency: string): Record<string, string> {
  const sort = sortText(view.sort, view.descending)
  const params: Record<string, string | false | null> = {
    restaurant: view.restaurant,
    show: STATUS_WORDS[view.status],
    category: view.categoryId === null ? null : String(view.categoryId),
    q: view.search,
    min: view.minPrice === null ? null : moneyText(view.minPrice, currency),
    max: view.maxPrice === null ? null : moneyText(view.maxPrice, currency),
    prep: view.maxPrepMinutes === null ? null : String(view.maxPrepMinutes),
    diet: view.diet,
    sort: sort !== '-popularity' && sort,
    page: view.page > 1 && String(view.page),
  }
  return Object.fromEntries(
    Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1])),
  )
}

/** The page's URL for a view. */
export function menuHref(view: MenuView, currency: string): string {
  const query = new URLSearchParams(menuParams(view, currency)).toString()
  return query ? `/menu?${query}` : '/menu'
}

/** Whether the view shows less than the whole menu. */
export const isFiltered = ({
  categoryId,
  search,
  minPrice,
  maxPrice,
  maxPrepMinutes,
  diet,
}: MenuView): boolean =>
  search !== '' || [categoryId, minPrice, maxPrice, maxPrepMinutes, diet].some((value) => value !== null)

/** The same menu in the same order, whole and from its first page. */
export const withoutFilters = (view: MenuView): MenuView => ({
  ...view,
  page: 1,
  categoryId: null,
  search: '',
  minPrice: null,
  maxPrice: null,
  maxPrepMinutes: null,
  diet: null,
})
