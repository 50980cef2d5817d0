import { NAV_SECTIONS } from '@/app/_ui/nav-sections'
import type { Found } from '@/db/queries/find-anything'
import { type Person, roleMay } from '@/domain/scope'
import type { Role } from '@/domain/vocabulary'
import { adminSections } from '../admin/sections'
import type { Entry } from './entry'

const MOST_RESTAURANTS = 8

/** The pages and the restaurants that the words fit, for this person; without words the pages alone. */
export function placesFor(person: Pick<Person, 'role' | 'restaurants'>, words: readonly string[]): Entry[] {
  const fits = ({ label, note }: Entry) => {
    const text = plain(`${label} ${note}`)
    return words.every((word) => text.includes(plain(word)))
  }
  const pages = pagesOf(person).filter(fits)
  if (words.length === 0) return pages
  const restaurants = person.restaurants.flatMap(placesOfRestaurant).filter(fits)
  return [...pages, ...restaurants.slice(0, MOST_RESTAURANTS)]
}

function pagesOf({ role }: Pick<Person, 'role'>): Entry[] {
  const sections = NAV_SECTIONS.filter(({ permission }) => !permission || roleMay(role, permission))
  const page = (label: string, href: string, note = ''): Entry => ({ kind: 'page', label, note, href })
  return [
    ...sections.map(({ label, href }) => page(label, href)),
    page('Recipes by cuisine', '/recipes/cuisines'),
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

const placesOfRestaurant = ({ slug, name }: { slug: string; name: string }): Entry[] => [
  { kind: 'restaurant', label: name, note: 'Orders', href: `/orders/${slug}` },
  { kind: 'restaurant', label: name, note: 'Kitchen wall', href: `/kitchen/${slug}` },
  { kind: 'restaurant', label: name, note: 'New order', href: `/orders/${slug}/new` },
  { kind: 'restaurant', label: name, note: 'Menu', href: `/menu?restaurant=${slug}` },
]

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

/** Accents and case aside. */
const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
