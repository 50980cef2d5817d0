import type { ColumnDef } from 'libpg-query'
import { type ColumnType, columnType } from './schema-state'

/**
 * What ALTER COLUMN … TYPE does to the rows: nothing, write them all again, or write them and refuse those that are too
 * long by now.
 */
export function retyping(from: ColumnType | null, definition: ColumnDef): 'in place' | 'rewrite' | 'narrow' {
  const to = columnType(definition.typeName)
  if (!from || !to || from.array || to.array || definition.raw_default) return 'rewrite'
  const texts = ['varchar', 'text']
  if (texts.includes(from.name) && texts.includes(to.name)) {
    if (length(to) >= length(from)) return 'in place'
    return 'narrow'
  }
  if (from.name !== to.name) return 'rewrite'
  if (to.modifiers.length === 0) return 'in place'
  if (from.name === 'bpchar') return length(to) < length(from) ? 'narrow' : 'rewrite'
  if (from.name !== 'numeric') return same(from, to) ? 'in place' : 'rewrite'
  const [precision = 1000, scale = 0] = from.modifiers
  const [wanted = 1000, wantedScale = 0] = to.modifiers
  if (from.modifiers.length > 0 && scale === wantedScale && wanted >= precision) return 'in place'
  return wanted - wantedScale < precision - scale ? 'narrow' : 'rewrite'
}

function length({ modifiers }: ColumnType): number {
  return modifiers[0] ?? Number.POSITIVE_INFINITY
}

function same(a: ColumnType, b: ColumnType): boolean {
  return a.modifiers.join() === b.modifiers.join()
}
