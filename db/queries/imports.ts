import { sql } from 'drizzle-orm'
import type { Fields } from '@/domain/record'
import type { ChainScope } from '@/domain/scope'
import type { ImportState, ImportVerdict, SheetKind } from '@/domain/sheet'
import type { Db } from '../client'
import { areRowsOld } from '../fragments/import-rows'
import { milliseconds } from '../fragments/milliseconds'
import { isHeld, UPLOADED_FILES } from '../import/ledger'

type Scope = ChainScope<'menu:edit'>

export type ImportSummary = {
  id: number
  kind: SheetKind
  fileName: string
  state: ImportState
  /** Whether some process is at it now; one that is checking or taking and isn't was interrupted. */
  isRunning: boolean
  /** Why it can't be read to its end. */
  problem: string | null
  bytes: number
  bytesRead: number
  /** Rows by what is or was to become of them; these four add up to all that are checked. */
  added: number
  changed: number
  same: number
  refused: number
  /** Of the first two the rows that are in. */
  takenAdded: number
  takenChanged: number
  /**
   * What one press takes back: `publications.id` of all that it changed, or of what was done with that since. Null for
   * recipes, which the next file brings up to date.
   */
  publicationId: number | null
  /** Whether it was undone, and that not undone in its turn. */
  isUndone: boolean
  /** Whether its rows were deleted: they are kept for `ROWS_KEPT_DAYS`. */
  areRowsGone: boolean
  by: string | null
  /** Milliseconds since 1970. */
  at: number
}

const summary = sql`i.id, i.kind, i.file_name as "fileName", i.state, i.problem, i.bytes::float8 as bytes,
  i.bytes_read::float8 as "bytesRead", i.added, i.changed, i.same, i.refused, i.taken_added as "takenAdded",
  i.taken_changed as "takenChanged", p.id as "publicationId", coalesce(p.undone, false) as "isUndone", u.name as by,
  ${milliseconds(sql`i.created_at`)} as at, ${isHeld(UPLOADED_FILES, sql`i.id`)} as "isRunning",
  ${areRowsOld} as "areRowsGone"`

/** Imports, each with what was done last with its publication: undone, done again, and so on. */
const importsWithState = sql`imports i left join users u on u.id = i.created_by
  left join lateral (
    with recursive chain as (
      select i.publication_id as id, false as undone
      union all
      select p.id, not chain.undone from chain join publications p on p.undoes = chain.id
    )
    select id, undone from chain order by id desc limit 1
  ) p on true`

/** The files that were uploaded last, newest first. */
export async function listImports(
  db: Db,
  _scope: Scope,
  { limit }: { limit: number },
): Promise<ImportSummary[]> {
  return db.execute<ImportSummary>(sql`
    select ${summary} from ${importsWithState} order by i.id desc limit ${limit}`)
}

/** One file; null where there is none of this number. */
export async function getImport(db: Db, _scope: Scope, importId: number): Promise<ImportSummary | null> {
  const [row] = await db.execute<ImportSummary>(sql`
    select ${summary} from ${importsWithState} where i.id = ${importId}`)
  return row ?? null
}

export type ImportRow = {
  row: number
  verdict: ImportVerdict
  name: string
  subjectId: number | null
  before: Fields | null
  after: Fields | null
  reason: string | null
}

/** One page of the rows of a file, of one verdict or all, after the row `after`; `next` is where the next page begins. */
export async function listImportRows(
  db: Db,
  _scope: Scope,
  {
    importId,
    verdict,
    after,
    limit,
  }: { importId: number; verdict: ImportVerdict | null; after: number; limit: number },
): Promise<{ rows: ImportRow[]; next: number | null }> {
  const found = await db.execute<ImportRow>(sql`
    select row, verdict, name, subject_id as "subjectId", before, after, reason from import_rows
    where import_id = ${importId} and row > ${after} ${verdict === null ? sql`` : sql`and verdict = ${verdict}`}
    order by row limit ${limit + 1}`)
  const rows = found.slice(0, limit)
  return { rows, next: found.length > limit ? (rows.at(-1)?.row ?? null) : null }
}

/** The refused rows of a file as they were, after the row `after`, with the file's header. */
export async function listRefusedRows(
  db: Db,
  _scope: Scope,
  { importId, after, limit }: { importId: number; after: number; limit: number },
): Promise<{ header: string[]; rows: { row: number; reason: string; cells: string[] }[] } | null> {
  const [file] = await db.execute<{ header: string[] }>(
    sql`select header from imports where id = ${importId}`,
  )
  if (!file) return null
  const rows = await db.execute<{ row: number; reason: string; cells: string[] }>(sql`
    select row, coalesce(reason, '') as reason, cells from import_rows
    where import_id = ${importId} and verdict = 'refused' and row > ${after} order by row limit ${limit}`)
  return { header: file.header, rows }
}
