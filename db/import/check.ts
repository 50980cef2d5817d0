import { sql } from 'drizzle-orm'
import { headerProblem, recipeOfCells } from '@/domain/recipe-cells'
import type { ChainScope } from '@/domain/scope'
import { IMPORT_VERDICTS, type ImportVerdict, type SheetKind, sheetHeaderProblem } from '@/domain/sheet'
import { SHEETS } from '@/domain/sheets'
import type { Db } from '../client'
import { batchesOf } from './batches'
import type { CheckedRow } from './checked-row'
import { type CsvFile, type CsvLayout, openCsv } from './csv'
import { findImport, tryHoldImport, UPLOADED_FILES } from './ledger'
import { checkRecipeRows } from './recipe-rows'
import { checkSheetRows } from './sheet-rows'
import { UnreadableFile } from './source-row'

export type UploadOptions = {
  importId: number
  /** The server itself, for the lock that keeps others from the same import. */
  lockUrl: string
  /** Rows in one transaction. */
  batchSize?: number
  /** Called once others can see that somebody is at it. */
  onHeld?: (() => void) | undefined
}

export const ROWS_AT_ONCE = 1000
/** Files that people upload have no name for whose ids they have, like files without `--source`. */
export const NO_SOURCE = ''

type Head = { kind: SheetKind; checkedRow: number; fileName: string; contentHash: string }

/**
 * Checks an uploaded file row by row, in constant memory. Each batch is one transaction together with how far the check
 * has come: it may be killed at any moment, and the next call goes on from there. Where the file can't be read on, the
 * import says why. False: somebody else is at it, or it is checked.
 */
export async function checkImport(
  db: Db,
  scope: ChainScope<'menu:edit'>,
  {
    file,
    currency,
    importId,
    lockUrl,
    onHeld,
    batchSize = ROWS_AT_ONCE,
  }: UploadOptions & { file: string; currency: string },
): Promise<boolean> {
  const release = await tryHoldImport(lockUrl, UPLOADED_FILES, importId)
  if (!release) return false
  onHeld?.()
  try {
    const [head] = await db.execute<Head>(sql`
      select kind, checked_row as "checkedRow", file_name as "fileName", content_hash as "contentHash" from imports
      where id = ${importId} and state = 'checking'`)
    if (!head) return false
    await checkHeld(db, scope, head, { file, currency, importId, batchSize })
    return true
  } finally {
    await release()
  }
}

type Held = { file: string; currency: string; importId: number; batchSize: number }

async function checkHeld(db: Db, scope: ChainScope<'menu:edit'>, head: Head, held: Held): Promise<void> {
  const { importId } = held
  try {
    const content = await openCsv(held.file, layoutOf(head.kind))
    await db.execute(
      sql`update imports set header = ${sql.param(content.header)}::text[] where id = ${importId}`,
    )
    await checkRows(db, scope, head, content, held)
    await db.execute(sql`update imports set state = 'checked', bytes_read = bytes where id = ${importId}`)
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    await db.execute(sql`
      update imports set state = 'unreadable', problem = ${error.message} where id = ${importId} and state = 'checking'`)
  }
}

const layoutOf = (kind: SheetKind): CsvLayout =>
  kind === 'recipe'
    ? { headerProblem, valueOf: recipeOfCells }
    : { headerProblem: (header) => sheetHeaderProblem(SHEETS[kind], header), valueOf: (_, cells) => cells }

async function checkRows(
  db: Db,
  scope: ChainScope<'menu:edit'>,
  { kind, checkedRow, fileName, contentHash }: Head,
  content: CsvFile,
  { currency, importId, batchSize }: Held,
): Promise<void> {
  const origin =
    kind === 'recipe'
      ? { source: NO_SOURCE, importId: await findImport(db, { contentHash, source: NO_SOURCE, fileName }) }
      : null
  let done = checkedRow
  for await (const rows of batchesOf(content.rows(checkedRow), batchSize)) {
    await db.transaction(async (tx) => {
      const context = { db: tx, importId, currency, header: content.header }
      const checked = origin
        ? await checkRecipeRows(context, scope, origin, rows)
        : await checkSheetRows(context, kind as Exclude<SheetKind, 'recipe'>, rows)
      await insertRows(tx, importId, checked)
      const last = rows.at(-1)?.row ?? done
      await recordChecked(tx, importId, done, last, checked, content.bytesRead())
      done = last
    })
  }
}

async function insertRows(tx: Db, importId: number, rows: readonly CheckedRow[]): Promise<void> {
  await tx.execute(sql`
    insert into import_rows (import_id, row, verdict, name, thing, subject_id, before, after, reason, cells)
    select ${importId}::int, row, verdict, name, thing, "subjectId", before, after, reason,
      array(select jsonb_array_elements_text(cells))
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as g (row int, verdict text, name text, thing text,
      "subjectId" int, before jsonb, after jsonb, reason text, cells jsonb)`)
}

/** @throws when the check is no longer where this process left it: its lock was lost and somebody else went on */
async function recordChecked(
  tx: Db,
  importId: number,
  before: number,
  last: number,
  rows: readonly CheckedRow[],
  bytesRead: number,
): Promise<void> {
  const counts = Object.fromEntries(
    IMPORT_VERDICTS.map((verdict) => [verdict, rows.filter((row) => row.verdict === verdict).length]),
  ) as Record<ImportVerdict, number>
  const recorded = await tx.execute(sql`
    update imports set checked_row = ${last}, bytes_read = least(${bytesRead}::bigint, bytes), added = added + ${counts.added},
      changed = changed + ${counts.changed}, same = same + ${counts.same}, refused = refused + ${counts.refused}
    where id = ${importId} and checked_row = ${before} and state = 'checking' returning 1`)
  if (recorded.length === 0) throw new Error('Another process has gone on with this check.')
}
