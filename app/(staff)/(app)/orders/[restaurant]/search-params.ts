import type { BusinessDate } from '@/domain/business-day'
import { CHANNELS, type Channel, ORDER_STATUSES, type OrderStatus } from '@/domain/vocabulary'

/** What the list of orders shows, as its URL says it. */
export type OrdersView = {
  /** The business date; null is today's. */
  day: BusinessDate | null
  search: string
  channel: Channel | null
  status: OrderStatus | null
  /** The call number before which the page begins; null is the first page. */
  before: number | null
}

type SearchParams = Record<string, string | string[] | undefined>

const LONGEST_SEARCH = 100

/** Whatever is malformed, or there twice, counts as not there. */
export function readOrdersView(given: SearchParams): OrdersView {
  const text = (name: string) => (typeof given[name] === 'string' ? given[name] : '')
  return {
    day: readDay(text('day')),
    search: readSearch(text('q')),
    channel: CHANNELS.find((channel) => channel === text('channel')) ?? null,
    status: ORDER_STATUSES.find((status) => status === text('status')) ?? null,
    before: /^[1-9]\d{0,8}$/.test(text('before')) ? Number(text('before')) : null,
  }
}

/** A date that there is, of a year that a database and a calendar can agree on. */
function readDay(text: string): BusinessDate | null {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return null
  const midnight = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text) ? text : null
}

/** Without control characters and halves of characters, which PostgreSQL can't take. */
const readSearch = (text: string): string =>
  text
    .slice(0, LONGEST_SEARCH)
    .replace(/[\p{Cc}\p{Cs}]+/gu, ' ')
    .trim()

/** A view as the URL's parameters; what is as usual is left out. */
export function ordersParams(view: OrdersView): Record<string, string> {
  const params: Record<string, string | null> = {
    day: view.day,
    q: view.search,
    channel: view.channel,
    status: view.status,
    before: view.before === null ? null : String(view.before),
  }
  return Object.fromEntries(
    Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1])),
  )
}

/** The page's URL for a view with changes; whatever changes, it begins at the first page. */
export function ordersHref(slug: string, view: OrdersView, change: Partial<OrdersView> = {}): string {
  const query = new URLSearchParams(ordersParams({ ...view, before: null, ...change })).toString()
  return query ? `/orders/${slug}?${query}` : `/orders/${slug}`
}

/** Whether the view shows less than the whole day. */
export const isFiltered = ({ search, channel, status }: OrdersView): boolean =>
  search !== '' || channel !== null || status !== null

/** The order number that the search is, if it is nothing else. */
export const searchedOrderNumber = ({ search }: OrdersView): string | null =>
  /^ORD\d{8}[0-9A-Z]{8}$/i.test(search) ? search : null
