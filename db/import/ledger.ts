import { setTimeout as sleep } from 'node:timers/promises'
import { type SQL, sql } from 'drizzle-orm'
import { type Db, openSession, type Session } from '../client'

/** Rows by what became of them; the first four add up to all. */
export type ImportCounts = {
  created: number
  updated: number
  unchanged: number
  rejected: number
  newChefs: number
  newIngredients: number
}

/** How far an import has come, as committed. */
export type Run = { importId: number; lastRow: number; rejectBytes: number; counts: ImportCounts }

/** What is imported under a lock: files of recipes by the terminal, and files that were uploaded. */
export const RECIPE_FILES = 'brigade recipe import'
export const UPLOADED_FILES = 'brigade import'
type LockClass = typeof RECIPE_FILES | typeof UPLOADED_FILES

const POLL_MS = 200

/** The id of the import of a content from a source, made at its first sight. */
export async function findImport(
  db: Db,
  { contentHash, source, fileName }: { contentHash: string; source: string; fileName: string },
): Promise<number> {
  await db.execute(sql`
    insert into recipe_imports (content_hash, source, file_name) values (${contentHash}, ${source}, ${fileName})
    on conflict (content_hash, source) do nothing`)
  const [row] = await db.execute<{ id: number }>(sql`
    select id from recipe_imports where content_hash = ${contentHash} and source = ${source}`)
  if (!row) throw new Error('An import that was just recorded is gone.')
  return row.id
}

/**
 * Waits until nobody else imports the same file and keeps others from it, until the returned function is called or this
 * process dies. Polled, so that the one who waits holds no snapshot meanwhile.
 */
export async function holdImport(
  url: string,
  lockClass: LockClass,
  importId: number,
  onWait: () => void,
): Promise<() => Promise<void>> {
  const session = await openSession(url, { applicationName: 'brigade-import' })
  for (let tries = 1; !(await tryLock(session, lockClass, importId)); tries++) {
    if (tries === 1) onWait()
    await sleep(POLL_MS)
  }
  return () => session.close()
}

async function tryLock(session: Session, lockClass: LockClass, importId: number): Promise<boolean> {
  const [row] = await session.query<{ held: boolean }>(
    'select pg_try_advisory_lock(hashtext($1), $2) as held',
    [lockClass, importId],
  )
  return row?.held ?? false
}

/** As `holdImport`, but null at once when somebody else is at it. */
export async function tryHoldImport(
  url: string,
  lockClass: LockClass,
  importId: number,
): Promise<(() => Promise<void>) | null> {
  const session = await openSession(url, { applicationName: 'brigade-import' })
  if (await tryLock(session, lockClass, importId)) return () => session.close()
  await session.close()
  return null
}

/** Whether some process is at an import now: a condition for SQL. */
export const isHeld = (lockClass: LockClass, importId: SQL): SQL => sql`exists (
  select from pg_locks l where l.locktype = 'advisory' and l.granted
    and l.database = (select oid from pg_database where datname = current_database())
    and l.classid = (hashtext(${lockClass})::bigint & 4294967295)::oid and l.objid = ${importId}::oid)`

/** Where the interrupted run stopped; `anew`, or after one that came to its end, the beginning of a new one. */
export async function beginRun(db: Db, importId: number, { anew }: { anew: boolean }): Promise<Run> {
  await db.execute(sql`
    update recipe_imports set last_row = 0, created = 0, updated = 0, unchanged = 0, rejected = 0, new_chefs = 0,
      new_ingredients = 0, reject_bytes = 0, started_at = now(), finished_at = null
    where id = ${importId} and (finished_at is not null or ${anew})`)
  const [row] = await db.execute<ImportCounts & { lastRow: number; rejectBytes: string }>(sql`
    select last_row as "lastRow", reject_bytes as "rejectBytes", created, updated, unchanged, rejected,
      new_chefs as "newChefs", new_ingredients as "newIngredients"
    from recipe_imports where id = ${importId}`)
  if (!row) throw new Error('The import is gone.')
  const { lastRow, rejectBytes, ...counts } = row
  return { importId, lastRow, rejectBytes: Number(rejectBytes), counts }
}

export type BatchRecord = { lastRow: number; rejectBytes: number; counts: ImportCounts }

/**
 * Records a batch in its own transaction.
 * @throws when the run is no longer where this process left it: its lock was lost and somebody else went on
 */
export async function recordBatch(tx: Db, run: Run, batch: BatchRecord): Promise<void> {
  const { lastRow, rejectBytes, counts } = batch
  const recorded = await tx.execute(sql`
    update recipe_imports set last_row = ${lastRow}, reject_bytes = ${rejectBytes},
      created = created + ${counts.created}, updated = updated + ${counts.updated},
      unchanged = unchanged + ${counts.unchanged}, rejected = rejected + ${counts.rejected},
      new_chefs = new_chefs + ${counts.newChefs}, new_ingredients = new_ingredients + ${counts.newIngredients}
    where id = ${run.importId} and last_row = ${run.lastRow} and finished_at is null
    returning 1`)
  if (recorded.length === 0) throw new Error('Another process has gone on with this import: run it again.')
}

/** The run after a batch that is committed. */
export function advance(run: Run, { lastRow, rejectBytes, counts }: BatchRecord): void {
  Object.assign(run, { lastRow, rejectBytes })
  for (const name of Object.keys(counts) as (keyof ImportCounts)[]) run.counts[name] += counts[name]
}

export async function finishRun(tx: Db, run: Run): Promise<void> {
  await tx.execute(sql`update recipe_imports set finished_at = now() where id = ${run.importId}`)
}
