import type { ChangeSetEdit, OwnValues } from '@/db/queries/change-sets'
import type { Fields } from '@/domain/record'
import {
  changeWords,
  type FieldChange,
  SUBJECT_WORDS,
  valueWords,
  type WordsContext,
} from '../../field-words'

export type EditWords = {
  id: number
  /** `Dish “Risotto” in Berlin`. */
  title: string
  isNew: boolean
  /** Where the record itself is edited. */
  href: string
  changes: (FieldChange & { notes: string[] })[]
  by: string | null
  at: number
  hasConflicts: boolean
}

type Restaurants = ReadonlyMap<number, string>

/** What an edit does to each field, and which restaurants it does not reach because they have something of their own. */
export function editWords(
  edit: ChangeSetEdit,
  own: readonly OwnValues[],
  restaurants: Restaurants,
  context: WordsContext,
): EditWords {
  const { id, subject, key, live, patch, name, by, at, conflicts } = edit
  const place =
    key.restaurantId === null ? '' : ` in ${restaurants.get(key.restaurantId) ?? 'a closed restaurant'}`
  const word = subject === 'menu_override' ? 'Dish' : SUBJECT_WORDS[subject]
  const theirs = subject === 'menu_item' ? own.filter((one) => one.id === key.id) : []
  const after = live ? patch : said(patch)
  return {
    id,
    title: `${word} “${name}”${place}`,
    isNew: edit.base === null,
    href: HREFS[subject](key.id),
    changes: changeWords(subject, live && { ...live, ...edit.base }, after, context).map((change) => ({
      ...change,
      notes: [
        ...givenNotes(edit, change.field, restaurants),
        ...(subject === 'menu_item' ? keptNotes(edit, change.field, theirs, restaurants, context) : []),
      ],
    })),
    by,
    at,
    hasConflicts: conflicts.length > 0,
  }
}

const HREFS: Record<ChangeSetEdit['subject'], (id: number) => string> = {
  menu_item: (id) => `/menu/${id}`,
  menu_override: (id) => `/menu/${id}`,
  recipe: (id) => `/recipes/${id}`,
  category: (id) => `/admin/categories/${id}`,
}

/** Of something new, the fields that say something. */
const said = (patch: Fields): Fields =>
  Object.fromEntries(
    Object.entries(patch).filter(
      ([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  )

function givenNotes({ given }: ChangeSetEdit, field: string, restaurants: Restaurants): string[] {
  const names = Object.entries(given)
    .filter(([, fields]) => field in fields)
    .map(([id]) => restaurants.get(Number(id)) ?? 'a closed restaurant')
  return names.length > 0 ? [`live already in ${names.join(', ')}`] : []
}

const MOST_NAMED = 5

function keptNotes(
  { given }: ChangeSetEdit,
  field: string,
  own: readonly OwnValues[],
  restaurants: Restaurants,
  context: WordsContext,
): string[] {
  if (field !== 'price' && field !== 'isAvailable') return []
  const kept = own.filter((one) => one[field] !== null && given[one.restaurantId]?.[field] !== one[field])
  const named = kept
    .slice(0, MOST_NAMED)
    .map(
      (one) =>
        `${restaurants.get(one.restaurantId) ?? 'a closed restaurant'} keeps its own: ${valueWords('menu_override', field, one[field], context)}`,
    )
  const more = kept.length > MOST_NAMED ? [`${kept.length - MOST_NAMED} more keep their own`] : []
  return kept.length > 0 ? [...named, ...more] : field === 'price' ? ['in all restaurants'] : []
}
