import { NAV_SECTIONS } from '@/app/_ui/nav-sections'
import type { Found } from '@/db/queries/find-anything'
import { plainText } from '@/domain/plain-text'
import { type Person, roleMay } from '@/domain/scope'
import type { Role } from '@/domain/vocabulary'
import { adminSections } from '../admin/sections'
import { inventorySections } from '../inventory/sections'
import type { Entry } from './entry'

/** One restaurant's places are all shown; of several that fit, the first. */
const MOST_PLACES = 13

/** The pages and the restaurants that the words fit, for this person; without words the pages alone. */
export function placesFor(person: Pick<Person, 'role' | 'restaurants'>, words: readonly string[]): Entry[] {
  const fits = ({ label, note }: Entry) => {
    const text = plainText(`${label} ${note}`)
    return words.every((word) => text.includes(plainText(word)))
  }
  const pages = pagesOf(person).filter(fits)
  if (words.length === 0) return pages
  const restaurants = person.restaurants.flatMap((one) => placesOfRestaurant(one, person.role)).filter(fits)
  return [...pages, ...restaurants.slice(0, MOST_PLACES)]
}

function pagesOf({ role }: Pick<Person, 'role'>): Entry[] {
  const sections = NAV_SECTIONS.filter(({ permission }) => !permission || roleMay(role, permission))
  const page = (label: string, href: string, note = ''): Entry => ({ kind: 'page', label, note, href })
  return [
    ...sections.map(({ label, href }) => page(label, href)),
    page('Recipes by cuisine', '/recipes/cuisines'),
    ...(roleMay(role, 'customers:read') ? [page('Customers', '/customers')] : []),
    ...(roleMay(role, 'menu:edit')
      ? [
          page('Changes of the menu', '/menu/changes'),
          page('New dish', '/menu/new'),
          page('New recipe', '/recipes/new'),
        ]
      : []),
    ...adminSections(role).map(({ label, href }) => page(label, href, 'Admin')),
  ]
}

function placesOfRestaurant({ slug, name }: { slug: string; name: string }, role: Role): Entry[] {
  const place = (note: string, href: string): Entry => ({ kind: 'restaurant', label: name, note, href })
  return [
    place('Orders', `/orders/${slug}`),
    place('Kitchen wall', `/kitchen/${slug}`),
    place('New order', `/orders/${slug}/new`),
    place('Menu', `/menu?restaurant=${slug}`),
    ...(roleMay(role, 'reports:read') ? [place('Report', `/reports/${slug}`)] : []),
    ...(roleMay(role, 'stock:read')
      ? inventorySections(slug).map(({ path, label, href }) =>
          place(PLACE_WORDS[path] ?? label, path === ALERTS ? `${href}?restaurant=${slug}` : href),
        )
      : []),
  ]
}

const ALERTS = '/alerts'

/** What a part of the inventory is called where it does not stand beside the others. */
const PLACE_WORDS: Record<string, string> = {
  [ALERTS]: 'Stock alerts',
  '/orders': 'Purchase orders',
  '/counts': 'Stock counts',
  '/variance': 'Stock variance',
}

/** Where what was found is edited, by those who may, and else looked at. */
export function entryOf({ kind, id, label, note, restaurant }: Found, role: Role): Entry {
  const edits = roleMay(role, 'menu:edit')
  const hrefs: Record<Found['kind'], string> = {
    order: `/orders/${restaurant}/${id}`,
    dish: edits ? `/menu/${id}` : `/menu?q=${encodeURIComponent(label)}`,
    recipe: `/recipes/${id}`,
    ingredient: edits ? `/admin/ingredients/${id}` : `/recipes?with=${id}`,
    supplier: edits ? `/admin/suppliers/${id}` : `/inventory/alerts?supplier=${id}`,
    person: `/admin/people/${id}`,
  }
  return { kind, label, note, href: hrefs[kind] }
}
