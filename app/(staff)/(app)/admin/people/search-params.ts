import { ROLES, type Role } from '@/domain/vocabulary'

/** What the list of people shows, as its URL says it. */
export type PeopleView = {
  search: string
  role: Role | null
  /** The slug of the restaurant in which they have a place; null is the whole chain. */
  restaurant: string | null
  isActive: boolean
  /** The id of the person after whom the page begins; null is the first page. */
  after: number | null
}

type SearchParams = Record<string, string | string[] | undefined>

const LONGEST_SEARCH = 100

/** Whatever is malformed, or there twice, counts as not there. */
export function readPeopleView(given: SearchParams): PeopleView {
  const text = (name: string) => (typeof given[name] === 'string' ? given[name] : '')
  return {
    search: readSearch(text('q')),
    role: ROLES.find((role) => role === text('role')) ?? null,
    restaurant: text('restaurant') || null,
    isActive: text('show') !== 'deactivated',
    after: /^[1-9]\d{0,8}$/.test(text('after')) ? Number(text('after')) : null,
  }
}

/** Without control characters and halves of characters, which PostgreSQL can't take. */
const readSearch = (text: string): string =>
  text
    .slice(0, LONGEST_SEARCH)
    .replace(/[\p{Cc}\p{Cs}]+/gu, ' ')
    .trim()

/** The page's URL for a view with changes; whatever changes, it begins at the first page. */
export function peopleHref(view: PeopleView, change: Partial<PeopleView> = {}): string {
  const { search, role, restaurant, isActive, after } = { ...view, after: null, ...change }
  const params = {
    q: search,
    role,
    restaurant,
    show: isActive ? null : 'deactivated',
    after: after === null ? null : String(after),
  }
  const given = Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1]))
  const query = new URLSearchParams(given).toString()
  return query ? `/admin/people?${query}` : '/admin/people'
}

/** Whether the view shows fewer than all who are active. */
export const isFiltered = ({ search, role, restaurant, isActive }: PeopleView): boolean =>
  search !== '' || role !== null || restaurant !== null || !isActive
