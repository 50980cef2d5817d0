import type { AuditLine } from '@/db/queries/audit'
import type { AuditSubject } from '@/domain/audit'
import { subjectOfAudit } from '@/domain/record'
import { changeWords, type FieldChange, type WordsContext } from '../../menu/field-words'

export const SUBJECT_NAMES: Record<AuditSubject, string> = {
  menu_item: 'Dish',
  recipe: 'Recipe',
  category: 'Category',
  ingredient: 'Ingredient',
  supplier: 'Supplier',
  restaurant: 'Restaurant',
  restaurant_group: 'Group of restaurants',
  stock_level: 'Stock',
  user: 'Person',
  device: 'Screen',
  api_key: 'API key',
  change_set: 'Change set',
  recipe_import: 'Recipe file',
  import: 'Imported file',
  database_session: 'Database session',
  customer: 'Customer',
}

/** What is no plain verb of the line's action. */
const ACTIONS: Record<string, string> = {
  'user.password_link_issued': 'given a link to set a password',
  'user.password_set': 'set a password',
  'user.sessions_ended': 'signed out everywhere',
  'menu_item.eighty_sixed': '86’d',
  'menu_item.back_on_menu': 'put back on the menu',
  'recipes.imported': 'imported',
  'stock_level.changed': 'given another minimum or par',
  'stock_level.alert_acknowledged': 'said to wait until its stock has recovered',
  'stock_level.alert_snoozed': 'said to wait a while',
}

/** What happened, as the end of "Lemon sole …". */
export const actionWords = (action: string): string =>
  ACTIONS[action] ?? (action.split('.')[1] ?? action).replaceAll('_', ' ')

export const subjectWords = (subject: string): string => SUBJECT_NAMES[subject as AuditSubject] ?? subject

/** Field by field what a line says, before and after. */
export function lineChanges(line: AuditLine, context: WordsContext): FieldChange[] {
  const subject = subjectOfAudit(line.subject, line.restaurantId)
  if (subject && line.after) return changeWords(subject, line.before, line.after, context)
  const fields = new Set([...Object.keys(line.before ?? {}), ...Object.keys(line.after ?? {})])
  return [...fields].map((field) => ({
    field,
    label: labelOf(field),
    before: line.before ? plain(line.before[field]) : null,
    after: plain(line.after?.[field]),
    items: [],
  }))
}

/** `sessionsEnded` reads as "Sessions ended". */
const labelOf = (field: string): string => {
  const words = field.replace(/([A-Z])/g, ' $1').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function plain(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Where the thing of a line is looked at or edited; null where it has no page. */
export function thingHref({ subject, subjectId, restaurantSlug }: AuditLine): string | null {
  if (subject === 'recipe') return `/recipes/${subjectId}`
  if (subject === 'menu_item') return `/menu/${subjectId}`
  if (subject === 'category') return `/admin/categories/${subjectId}`
  if (subject === 'ingredient') return `/admin/ingredients/${subjectId}`
  if (subject === 'supplier') return `/admin/suppliers/${subjectId}`
  if (subject === 'restaurant') return `/admin/restaurants/${subjectId}`
  if (subject === 'change_set') return `/menu/changes/${subjectId}`
  if (subject === 'stock_level')
    return restaurantSlug ? `/inventory/${restaurantSlug}/ingredients/${subjectId}` : null
  if (subject === 'user') return `/admin/people/${subjectId}`
  if (subject === 'device') return restaurantSlug ? `/admin/devices/${restaurantSlug}/${subjectId}` : null
  if (subject === 'customer') return `/customers/${subjectId}`
  if (subject === 'import') return `/admin/imports/${subjectId}`
  return null
}
