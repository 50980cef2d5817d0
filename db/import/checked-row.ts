import type { Fields } from '@/domain/record'
import type { ImportVerdict } from '@/domain/sheet'
import type { Db } from '../client'

/** A row with what is to become of it, as `import_rows` keeps it. */
export type CheckedRow = {
  row: number
  verdict: ImportVerdict
  name: string
  /** What it is about, so that a second row on the same thing is seen; null for refused rows. */
  thing: string | null
  subjectId: number | null
  /** The fields that it changes; null and the whole of it for something new. */
  before: Fields | null
  after: Fields | null
  reason: string | null
  cells: readonly string[]
}

/** What is checked: the import, of whose earlier rows duplicates are known. */
export type CheckContext = { db: Db; importId: number; currency: string; header: readonly string[] }

const LONGEST_NAME = 200

/** A row that is refused, named by the cell that names it best. */
export const refusedRow = (
  row: number,
  name: string,
  cells: readonly string[],
  reason: string,
): CheckedRow => ({
  ...{ row, verdict: 'refused', name: name.slice(0, LONGEST_NAME), thing: null, subjectId: null },
  ...{ before: null, after: null, reason, cells: cells.map(storable) },
})

/** A cell that may hold anything, as PostgreSQL can keep it. */
export const storable = (cell: string): string => cell.replaceAll('\0', '\ufffd').toWellFormed()
