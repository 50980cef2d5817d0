/**
 * Things that forms edit are records: documents of named fields, whose values are JSON. What a change does to one is
 * said field by field, so that two changes of the same dish only meet where they touch the same field.
 */
export const RECORD_SUBJECTS = [
  'restaurant',
  'supplier',
  'ingredient',
  'category',
  'recipe',
  'menu_item',
  'menu_override',
] as const
export type RecordSubject = (typeof RECORD_SUBJECTS)[number]

/** What may wait in a change set; the others go live at once. */
export const DRAFT_SUBJECTS = ['category', 'recipe', 'menu_item', 'menu_override'] as const
export type DraftSubject = (typeof DRAFT_SUBJECTS)[number]

/**
 * What goes live in publications and goes back with them, in the order in which a transaction locks them: all that may
 * be edited by whoever edits the menu. Files bring suppliers and ingredients too.
 */
export const PUBLISHED_SUBJECTS = ['supplier', 'ingredient', ...DRAFT_SUBJECTS] as const
export type PublishedSubject = (typeof PUBLISHED_SUBJECTS)[number]

export const CHANGE_SET_STATES = ['open', 'published', 'discarded'] as const
export type ChangeSetState = (typeof CHANGE_SET_STATES)[number]

/** How a record is named in the audit: an override is a change of its dish in a restaurant, like an 86. */
export const auditSubject = (subject: RecordSubject): string =>
  subject === 'menu_override' ? 'menu_item' : subject

/** Which kind of record a line of the audit is about; null for all else, such as an order. */
export function subjectOfAudit(subject: string, restaurantId: number | null): RecordSubject | null {
  if (subject === 'menu_item' && restaurantId !== null) return 'menu_override'
  return RECORD_SUBJECTS.find((known) => known === subject) ?? null
}

/** Any record's fields. */
export type Fields = Record<string, unknown>

/** Whether two field values are the same to the reader: JSON without regard to the order of keys. */
export function sameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => key in other && sameValue(one[key as never], other[key as never]))
  )
}

/** The fields of `after` that differ from `before`, with their new values. */
export function changedFields(before: Fields, after: Fields): Fields {
  return Object.fromEntries(
    Object.entries(after).filter(([field, value]) => !sameValue(before[field], value)),
  )
}

/** The values of some fields. */
export const pick = (record: Fields, fields: readonly string[]): Fields =>
  Object.fromEntries(fields.map((field) => [field, record[field] ?? null]))

/** One field that somebody else changed meanwhile, to something that is neither what it was nor what it is to be. */
export type FieldConflict = { field: string; base: unknown; theirs: unknown; mine: unknown }

/**
 * What a change still has to do to a record that may have moved on: the fields that it has yet to set, and those in
 * which it would overwrite what it never saw. A field that has the wanted value already is neither.
 */
export function rebase(
  base: Fields,
  patch: Fields,
  current: Fields,
): { patch: Fields; conflicts: FieldConflict[] } {
  const left: Fields = {}
  const conflicts: FieldConflict[] = []
  for (const [field, mine] of Object.entries(patch)) {
    const theirs = current[field]
    if (sameValue(theirs, mine)) continue
    if (sameValue(theirs, base[field])) left[field] = mine
    else conflicts.push({ field, base: base[field], theirs, mine })
  }
  return { patch: left, conflicts }
}
