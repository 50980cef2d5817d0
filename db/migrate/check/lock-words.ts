import { holdsUpReads, holdsUpWrites, lockInWords } from '../lock-modes'
import type { Effect, Work } from './effects'

const HOW_LONG: Record<Work, string> = {
  none: 'for a moment',
  scan: 'while all its rows are read',
  rewrite: 'while all its rows are written anew and all its indexes are built again',
  index: 'while the index is built',
  rows: 'until all the rows are done',
}

/** Whether others wait for longer than a moment. */
export function isLongWait({ lock, work }: Effect): boolean {
  if (work === 'none') return false
  return holdsUpWrites(lock) || work === 'rows'
}

/** The locks of a statement, a sentence for each table. */
export function describeLocks(effects: readonly Effect[]): string {
  if (effects.length === 0) return 'No table is locked.'
  return effects.map(describeLock).join(' ')
}

function describeLock(effect: Effect): string {
  const { table, lock, work } = effect
  return `${table} is locked (${lockInWords(lock)}) ${HOW_LONG[work]}: ${whoWaits(effect)}.`
}

function whoWaits({ lock, work }: Effect): string {
  if (holdsUpReads(lock)) return 'every read and every write of it waits'
  if (holdsUpWrites(lock)) return 'every write to it waits, reads go on'
  if (work === 'rows')
    return 'whoever changes one of these rows waits for all of them, and VACUUM can clear nothing'
  return 'reads and writes go on'
}
