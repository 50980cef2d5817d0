import type { z } from 'zod'
import type { RecordSubject } from '@/domain/record'
import type { Permission } from '@/domain/scope'
import type { Db } from '../client'

/** Names one record: an override by its dish and its restaurant, all others by their id. */
export type RecordKey = { readonly id: number; readonly restaurantId: number | null }

export type RecordChange<Doc> = {
  key: RecordKey
  /** Null: it is new. */
  before: Doc | null
  after: Doc
}

/**
 * How one kind of record is read and written as a document. `read` and `write` take many at once, in one statement or
 * a few; what else a change means (who sees it, who may) is said here too, so that forms, change sets, undo and imports
 * can't differ in it.
 */
export type RecordKind<Doc> = {
  subject: RecordSubject
  permission: Permission
  schema: z.ZodType<Doc>
  /** What it is called in lists and in the audit. */
  nameOf: (doc: Doc) => string
  /** The fields that take it out of use, instead of deleting it. */
  retired: Partial<Doc>
  /** Documents as they are now, by `keyText`; what there is not is left out. `lock`: nobody else changes them meanwhile. */
  read: (db: Db, keys: readonly RecordKey[], lock: boolean) => Promise<Map<string, Doc>>
  write: (tx: Db, changes: readonly RecordChange<Doc>[]) => Promise<void>
  /** The table that ids come from; null where they come from others. */
  idsFrom: string | null
  /** Cache tags that changes make stale, and the restaurants whose screens must hear of them. */
  stale: (tx: Db, changes: readonly RecordChange<Doc>[]) => Promise<{ tags: string[]; screens: number[] }>
  /** What must not be done although every field is right. */
  refuse?: (tx: Db, changes: readonly RecordChange<Doc>[]) => Promise<FieldRefusal | null>
  /** What a refusal of the database means: its constraint, the field and why. */
  constraints: Record<string, FieldRefusal>
}

/** Why a field can't have its value, in this database at this moment. */
export type FieldRefusal = { field: string; reason: 'name_taken' | 'unknown_reference' | 'unit_in_use' }

export const keyText = ({ id, restaurantId }: RecordKey): string =>
  restaurantId === null ? String(id) : `${id}@${restaurantId}`

/** In the order in which records of one kind are locked. */
export const byKey = (one: RecordKey, other: RecordKey): number =>
  one.id - other.id || (one.restaurantId ?? 0) - (other.restaurantId ?? 0)
