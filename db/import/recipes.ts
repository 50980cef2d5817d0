import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { headerProblem, recipeOfCells } from '@/domain/recipe-cells'
import { parseRecipeRow } from '@/domain/recipe-row'
import type { SystemScope } from '@/domain/scope'
import type { Db } from '../client'
import { compactTallies, rollUpRecipes } from '../jobs/recipe-figures'
import { recordAudit } from '../mutations/audit'
import { type CreatedRecipe, createRecipes, type NewRecipe } from '../mutations/recipes'
import { batchesOf } from './batches'
import { openCsv } from './csv'
import {
  advance,
  type BatchRecord,
  beginRun,
  findImport,
  finishRun,
  holdImport,
  type ImportCounts,
  RECIPE_FILES,
  type Run,
  recordBatch,
} from './ledger'
import { openNdjson } from './ndjson'
import { reasonOf } from './reasons'
import { hashOf, RejectsFile } from './rejects'
import { withRetries } from './retries'
import type { SourceFile, SourceRow } from './source-row'

export type ImportFormat = 'ndjson' | 'csv'

export type ImportOptions = {
  file: string
  format: ImportFormat
  /** Whose ids the file has: two sources may both have a recipe 1. */
  source: string
  /** Where rows that could not be taken are written. */
  rejects: string
  /** The server itself, for the lock that keeps a second import of the same file waiting. */
  lockUrl: string
  onProgress?: (progress: ImportProgress) => void
  /** Called when another process is importing the same file, before waiting for it. */
  onWait?: () => void
  /** Recipes in one transaction. */
  batchSize?: number
}

export type ImportProgress = ImportCounts & { bytesRead: number; bytes: number }

export type ImportOutcome = ImportCounts & {
  /** The row that an interrupted import had come to; 0 for a whole one. */
  resumedAfter: number
  /** The file of rejects, or null when there are none. */
  rejectsFile: string | null
  /** Milliseconds for rows, and for bringing the search's figures up to date afterwards. */
  rowsMs: number
  figuresMs: number
}

/** Small enough that nobody waits for its locks, large enough that a statement's costs are spread. */
const BATCH_SIZE = 1000
/** The tallies grow by some hundred rows a batch, and every look at the statistics reads them all. */
const BATCHES_BETWEEN_COMPACTIONS = 50

/**
 * Imports recipes from a file of any size in constant memory. Each batch is one transaction together with how far the
 * import has come, so that it may be killed at any moment: the next one of the same content goes on from there. A file
 * that was imported to its end is imported again, which changes nothing.
 * @throws {UnreadableFile} where the file can't be read on; what came before is imported
 */
export async function importRecipes(
  db: Db,
  scope: SystemScope,
  options: ImportOptions,
): Promise<ImportOutcome> {
  const { file, source, lockUrl, onWait = () => {} } = options
  const content =
    options.format === 'csv'
      ? await openCsv(file, { headerProblem, valueOf: recipeOfCells })
      : openNdjson(file)
  const importId = await findImport(db, { contentHash: await hashOf(file), source, fileName: basename(file) })
  const release = await holdImport(lockUrl, RECIPE_FILES, importId, onWait)
  try {
    return await importHeld(db, scope, options, importId, content)
  } finally {
    await release()
  }
}

async function importHeld(
  db: Db,
  scope: SystemScope,
  options: ImportOptions,
  importId: number,
  content: SourceFile,
): Promise<ImportOutcome> {
  const { rejects, run } = await openRun(db, importId, options.rejects)
  const resumedAfter = run.lastRow
  const started = performance.now()
  try {
    await importRows(db, scope, options, content, run, rejects)
  } catch (error) {
    await rejects.close()
    throw error
  }
  const rowsMs = performance.now() - started
  await rollUpRecipes(db, scope)
  const figuresMs = performance.now() - started - rowsMs
  const rejectsFile = await rejects.publish(run.rejectBytes)
  await db.transaction(async (tx) => {
    await finishRun(tx, run)
    await recordAudit(tx, {
      userId: null,
      restaurantId: null,
      action: 'recipes.imported',
      subject: 'recipe_import',
      subjectId: String(importId),
      after: { file: basename(options.file), source: options.source, ...run.counts },
    })
  })
  return { ...run.counts, resumedAfter, rejectsFile, rowsMs, figuresMs }
}

/** Where the last run stopped, or a new run: also when what was rejected so far is no longer there. */
async function openRun(db: Db, importId: number, path: string): Promise<{ run: Run; rejects: RejectsFile }> {
  const interrupted = await beginRun(db, importId, { anew: false })
  const rejects = await RejectsFile.open(path, interrupted.rejectBytes)
  if (rejects) return { run: interrupted, rejects }
  const run = await beginRun(db, importId, { anew: true })
  const empty = await RejectsFile.open(path, 0)
  if (!empty) throw new Error(`${path}.part can't be made.`)
  return { run, rejects: empty }
}

/** One batch is read while the one before is written: the two take about as long on two processors. */
async function importRows(
  db: Db,
  scope: SystemScope,
  options: ImportOptions,
  content: SourceFile,
  run: Run,
  rejects: RejectsFile,
): Promise<void> {
  const { size: bytes } = await stat(options.file)
  const origin = { source: options.source, importId: run.importId }
  const { onProgress = () => {} } = options
  let header = run.rejectBytes === 0 ? content.rejectsHeader : ''
  let batches = 0
  const importBatch = async (rows: readonly SourceRow[]) => {
    const batch = readBatch(rows)
    const record = await withRetries(() =>
      db.transaction(async (tx) => {
        const made = await createRecipes(tx, scope, { recipes: batch.recipes, origin })
        const refused = rejectsOf(batch, made.results)
        const text = refused.length > 0 ? header + refused.join('') : ''
        const done: BatchRecord = {
          lastRow: rows.at(-1)?.row ?? run.lastRow,
          rejectBytes: await rejects.write(text, run.rejectBytes),
          counts: countsOf(made.results, refused.length, made),
        }
        await recordBatch(tx, run, done)
        return done
      }),
    )
    advance(run, record)
    if (run.rejectBytes > 0) header = ''
    if (++batches % BATCHES_BETWEEN_COMPACTIONS === 0) await compactTallies(db, scope)
    onProgress({ ...run.counts, bytesRead: content.bytesRead(), bytes })
  }

  let writing: Promise<void> = Promise.resolve()
  try {
    for await (const rows of batchesOf(content.rows(run.lastRow), options.batchSize ?? BATCH_SIZE)) {
      await writing
      writing = importBatch(rows)
      // Awaited in the next round; meanwhile a failure is not yet anybody's.
      writing.catch(() => {})
    }
  } finally {
    await writing
  }
}

type Batch = { rows: readonly SourceRow[]; recipes: NewRecipe[]; reasons: Map<SourceRow, string> }

function readBatch(rows: readonly SourceRow[]): Batch {
  const recipes: NewRecipe[] = []
  const reasons = new Map<SourceRow, string>()
  for (const row of rows) {
    const { content } = row
    const parsed = content.ok ? parseRecipeRow(content.value) : content
    if (parsed.ok) recipes.push({ ...parsed.recipe, row: row.row })
    else reasons.set(row, parsed.reason)
  }
  return { rows, recipes, reasons }
}

/** Lines for the file of rejects, in the order of the rows. */
function rejectsOf({ rows, reasons }: Batch, results: readonly CreatedRecipe[]): string[] {
  let next = 0
  return rows.flatMap((row) => {
    const unread = reasons.get(row)
    if (unread !== undefined) return [row.rejected(unread)]
    const result = results[next++]
    return result && !result.ok ? [row.rejected(reasonOf(result))] : []
  })
}

function countsOf(
  results: readonly CreatedRecipe[],
  rejected: number,
  { newChefs, newIngredients }: { newChefs: number; newIngredients: number },
): ImportCounts {
  const count = (change: string) => results.filter((result) => result.ok && result.change === change).length
  const [created, updated, unchanged] = [count('created'), count('updated'), count('unchanged')]
  return { created, updated, unchanged, rejected, newChefs, newIngredients }
}
