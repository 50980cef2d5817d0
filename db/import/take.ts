import { sql } from 'drizzle-orm'
import { type Fields, type RecordSubject, rebase } from '@/domain/record'
import { type ChainScope, systemScope } from '@/domain/scope'
import type { SheetKind } from '@/domain/sheet'
import type { Db } from '../client'
import { rollUpRecipes } from '../jobs/recipe-figures'
import { recordAudit } from '../mutations/audit'
import { createRecipes } from '../mutations/recipes'
import { announce, asRefusal, nothingStale, writeRecords } from '../mutations/record-changes'
import { byKey, type FieldRefusal, keyText, type RecordChange } from '../records/kind'
import { RECORDS } from '../records/kinds'
import { NO_SOURCE, ROWS_AT_ONCE, type UploadOptions } from './check'
import { findImport, tryHoldImport, UPLOADED_FILES } from './ledger'
import { reasonOf } from './reasons'
import { recipeOfRow } from './recipe-rows'
import { withRetries } from './retries'
import { findByName, SHEET_TABLES } from './sheet-names'

type Head = {
  kind: SheetKind
  fileName: string
  contentHash: string
  header: string[]
  takenRow: number
  publicationId: number | null
}

type Row = {
  row: number
  verdict: 'added' | 'changed'
  name: string
  subjectId: number | null
  before: Fields | null
  after: Fields
  cells: string[]
}

/** What became of a good row: it is in, was so already, or was refused after all. */
type Taken = {
  row: number
  subjectId: number | null
  outcome: 'in' | 'same' | 'refused'
  reason: string | null
}

type Run = Head & { importId: number; userId: number | null; recipeImportId: number | null }

/**
 * Takes the good rows of a checked import. Each batch is one transaction together with how far the import has come: it
 * may be killed at any moment, and the next call goes on from there. A row that isn't good any more (somebody changed the
 * same field since the check, took its name, closed its category) is refused, alone. All that it changes is one
 * publication; of recipes none, for the next file brings those up to date. False: somebody else is at it, or nothing is left to take.
 */
export async function takeImport(
  db: Db,
  scope: ChainScope<'menu:edit'>,
  { importId, lockUrl, onHeld, batchSize = ROWS_AT_ONCE }: UploadOptions,
): Promise<boolean> {
  const release = await tryHoldImport(lockUrl, UPLOADED_FILES, importId)
  if (!release) return false
  onHeld?.()
  try {
    const [head] = await db.execute<Head>(sql`
      select kind, file_name as "fileName", content_hash as "contentHash", header, taken_row as "takenRow",
        publication_id as "publicationId"
      from imports where id = ${importId} and state = 'taking'`)
    if (!head) return false
    const file = { contentHash: head.contentHash, source: NO_SOURCE, fileName: head.fileName }
    const recipeImportId = head.kind === 'recipe' ? await findImport(db, file) : null
    const run: Run = { ...head, importId, userId: scope.actor.userId, recipeImportId }
    for (;;) {
      const rows = await nextRows(db, run, batchSize)
      if (rows.length === 0) break
      await takeRows(db, scope, run, rows)
    }
    if (head.kind === 'recipe') await rollUpRecipes(db, systemScope())
    await finish(db, run)
    return true
  } finally {
    await release()
  }
}

const nextRows = (db: Db, { importId, takenRow }: Run, limit: number): Promise<Row[]> =>
  db.execute<Row>(sql`
    select row, verdict, name, subject_id as "subjectId", before, after, cells from import_rows
    where import_id = ${importId} and row > ${takenRow} and verdict in ('added', 'changed')
    order by row limit ${limit}`)

/** One transaction; where the database refuses something in it, its halves, down to the row that is to blame. */
async function takeRows(
  db: Db,
  scope: ChainScope<'menu:edit'>,
  run: Run,
  rows: readonly Row[],
  blame: string | null = null,
): Promise<void> {
  const [only, ...others] = rows
  if (!only) return
  const last = rows.at(-1)?.row ?? only.row
  try {
    const publicationId = await withRetries(() =>
      db.transaction(async (tx) => {
        if (blame !== null) {
          const refused = { row: only.row, subjectId: null, outcome: 'refused', reason: blame } as const
          await recordTaken(tx, run, [only], [refused], last, run.publicationId)
          return run.publicationId
        }
        const publication = await publicationOf(tx, run)
        const taken =
          run.recipeImportId === null
            ? await takeSheetRows(tx, run, rows, publication)
            : await takeRecipeRows(tx, scope, run, rows)
        await recordTaken(tx, run, rows, taken, last, publication)
        return publication
      }),
    )
    Object.assign(run, { takenRow: last, publicationId })
  } catch (error) {
    const refusal = error instanceof RowsRefused ? error.refusal : asRefusal(error)
    if (!refusal || blame !== null) throw error
    if (others.length === 0) return takeRows(db, scope, run, rows, wordsFor(refusal))
    const half = Math.ceil(rows.length / 2)
    await takeRows(db, scope, run, rows.slice(0, half))
    await takeRows(db, scope, run, rows.slice(half))
  }
}

class RowsRefused extends Error {
  constructor(readonly refusal: FieldRefusal) {
    super(`A row was refused: ${refusal.field} ${refusal.reason}.`)
  }
}

const REFUSALS: Record<FieldRefusal['reason'], string> = {
  name_taken: 'another one has this name',
  unknown_reference: 'is not there any more',
  unit_in_use: 'can’t change while recipes or restaurants count in the old one',
}

const wordsFor = ({ field, reason }: FieldRefusal): string => `${field}: ${REFUSALS[reason]}`

/** The publication of a file, made with its first batch. */
async function publicationOf(tx: Db, { kind, fileName, publicationId, userId }: Run): Promise<number | null> {
  if (kind === 'recipe' || publicationId !== null) return publicationId
  const [row] = await tx.execute<{ id: number }>(sql`
    insert into publications (name, published_by) values (${`Import: ${fileName}`.slice(0, 200)}, ${userId})
    returning id`)
  return row?.id ?? null
}

async function takeSheetRows(
  tx: Db,
  { kind, userId }: Run,
  rows: readonly Row[],
  publicationId: number | null,
): Promise<Taken[]> {
  const subject = kind as Exclude<SheetKind, 'recipe'>
  const known = rows.flatMap(({ subjectId }) =>
    subjectId === null ? [] : [{ id: subjectId, restaurantId: null }],
  )
  const current = await RECORDS[subject].read(tx, known.sort(byKey), true)
  const news = rows.filter(({ subjectId }) => subjectId === null)
  const names = await findByName(tx, SHEET_TABLES[subject], [...new Set(news.map(({ name }) => name))])
  const ids = await nextIds(tx, subject, news.length)
  const changes: RecordChange<never>[] = []
  const taken = rows.map(({ row, subjectId, name, before, after }): Taken => {
    const no = (reason: string): Taken => ({ row, subjectId, outcome: 'refused', reason })
    if (subjectId === null) {
      if ((names.get(name)?.ids.length ?? 0) > 0)
        return no('somebody added one of this name since the check: import the row again')
      const id = ids.shift() ?? fail('Too few ids.')
      changes.push({ key: { id, restaurantId: null }, before: null, after: after as never })
      return { row, subjectId: id, outcome: 'in', reason: null }
    }
    const key = { id: subjectId, restaurantId: null }
    const now = current.get(keyText(key)) as Fields | undefined
    if (!now) return no('it is gone since the check')
    const { patch, conflicts } = rebase(before ?? {}, after, now)
    const [conflict] = conflicts
    if (conflict) return no(`somebody changed ${conflict.field} since the check: import the row again`)
    if (Object.keys(patch).length === 0) return { row, subjectId, outcome: 'same', reason: null }
    changes.push({ key, before: now as never, after: { ...now, ...patch } as never })
    return { row, subjectId, outcome: 'in', reason: null }
  })
  const stale = nothingStale()
  const context = { userId, ...(publicationId === null ? {} : { publicationId }) }
  const refused = await writeRecords(tx, context, subject as RecordSubject, changes, stale)
  if (refused) throw new RowsRefused(refused)
  await announce(tx, stale)
  return taken
}

async function nextIds(tx: Db, subject: Exclude<SheetKind, 'recipe'>, count: number): Promise<number[]> {
  const rows = await tx.execute<{ id: number }>(sql`
    select nextval(pg_get_serial_sequence(${RECORDS[subject].idsFrom}, 'id'))::int as id
    from generate_series(1, ${count}::int)`)
  return rows.map(({ id }) => id)
}

async function takeRecipeRows(
  tx: Db,
  scope: ChainScope<'menu:edit'>,
  { header, recipeImportId }: Run,
  rows: readonly Row[],
): Promise<Taken[]> {
  const recipes = rows.map((row) => {
    const parsed = recipeOfRow(header, row)
    return parsed.ok ? parsed.recipe : fail(`Row ${row.row} was good when it was checked.`)
  })
  const origin = { source: NO_SOURCE, importId: recipeImportId ?? fail('Recipes come from a file.') }
  const { results } = await createRecipes(tx, scope, { recipes, origin })
  return rows.map(({ row, subjectId }, n): Taken => {
    const result = results[n] ?? fail('A recipe has no result.')
    if (!result.ok) return { row, subjectId, outcome: 'refused', reason: reasonOf(result) }
    return { row, subjectId: result.id, outcome: result.change === 'unchanged' ? 'same' : 'in', reason: null }
  })
}

/**
 * Records a batch in its own transaction: rows that were refused after all, and how far the import has come.
 * @throws when it is no longer where this process left it: its lock was lost and somebody else went on
 */
async function recordTaken(
  tx: Db,
  { importId, takenRow }: Run,
  rows: readonly Row[],
  taken: readonly Taken[],
  last: number,
  publicationId: number | null,
): Promise<void> {
  const became = (verdict: Row['verdict'], outcome: Taken['outcome']) =>
    taken.filter((each, n) => each.outcome === outcome && rows[n]?.verdict === verdict).length
  const lost = (verdict: Row['verdict']) => became(verdict, 'refused') + became(verdict, 'same')
  await tx.execute(sql`
    update import_rows r set subject_id = g."subjectId", reason = g.reason,
      verdict = case g.outcome when 'in' then r.verdict when 'same' then 'same' else 'refused' end
    from json_to_recordset(${JSON.stringify(taken.filter(({ outcome }, n) => outcome !== 'in' || rows[n]?.verdict === 'added'))}::text::json)
      as g (row int, "subjectId" int, outcome text, reason text)
    where r.import_id = ${importId} and r.row = g.row`)
  const recorded = await tx.execute(sql`
    update imports set taken_row = ${last}, publication_id = ${publicationId}::int,
      added = added - ${lost('added')}, changed = changed - ${lost('changed')},
      same = same + ${became('added', 'same') + became('changed', 'same')},
      refused = refused + ${became('added', 'refused') + became('changed', 'refused')},
      taken_added = taken_added + ${became('added', 'in')}, taken_changed = taken_changed + ${became('changed', 'in')}
    where id = ${importId} and taken_row = ${takenRow} and state = 'taking' returning 1`)
  if (recorded.length === 0) throw new Error('Another process has gone on with this import.')
}

async function finish(db: Db, { importId, kind, fileName, userId }: Run): Promise<void> {
  await db.transaction(async (tx) => {
    const [counts] = await tx.execute<{ added: number; changed: number; same: number; refused: number }>(sql`
      update imports set state = 'taken', finished_at = now() where id = ${importId} and state = 'taking'
      returning taken_added as added, taken_changed as changed, same, refused`)
    if (!counts) return
    await recordAudit(tx, {
      userId,
      restaurantId: null,
      action: 'import.taken',
      subject: 'import',
      subjectId: String(importId),
      after: { kind, file: fileName, ...counts },
    })
  })
}

function fail(message: string): never {
  throw new Error(message)
}
