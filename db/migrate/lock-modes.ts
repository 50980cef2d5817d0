/** PostgreSQL's table locks, as pg_locks names them, from the weakest to the strongest. */
const LOCK_MODES = [
  'AccessShareLock',
  'RowShareLock',
  'RowExclusiveLock',
  'ShareUpdateExclusiveLock',
  'ShareLock',
  'ShareRowExclusiveLock',
  'ExclusiveLock',
  'AccessExclusiveLock',
] as const
export type LockMode = (typeof LOCK_MODES)[number]

/** SELECT takes ACCESS SHARE, which only the strongest conflicts with. */
export function holdsUpReads(lock: LockMode): boolean {
  return lock === 'AccessExclusiveLock'
}

/** INSERT, UPDATE and DELETE take ROW EXCLUSIVE, which conflicts with SHARE and all that is stronger. */
export function holdsUpWrites(lock: LockMode): boolean {
  return LOCK_MODES.indexOf(lock) >= LOCK_MODES.indexOf('ShareLock')
}

/** The words of SQL: `SHARE ROW EXCLUSIVE`. */
export function lockInWords(lock: LockMode): string {
  return lock
    .replace(/Lock$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase()
}

/** The mode of `LOCK TABLE`, which the parser gives as its number from 1. */
export function lockModeOfNumber(number: number): LockMode {
  return LOCK_MODES[number - 1] ?? 'AccessExclusiveLock'
}

/** The stronger of two, in PostgreSQL's order. */
export function stronger(a: LockMode, b: LockMode): LockMode {
  return LOCK_MODES.indexOf(a) >= LOCK_MODES.indexOf(b) ? a : b
}
