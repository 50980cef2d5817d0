import { sql } from 'drizzle-orm'
import type { SystemScope } from '@/domain/scope'
import type { Db } from '../client'
import { areRowsOld } from '../fragments/import-rows'

/** Rows in one transaction: small enough that nobody waits for it. */
const BATCH = 5000

/**
 * Deletes the rows of files that were uploaded long ago (`ROWS_KEPT_DAYS`); what each file came to stays. In batches,
 * so that it can be stopped at any moment and run again. Returns the rows deleted, or with `dryRun` those that would be.
 */
export async function purgeImportRows(
  db: Db,
  _scope: SystemScope,
  { dryRun = false, batchSize = BATCH }: { dryRun?: boolean; batchSize?: number } = {},
): Promise<number> {
  if (dryRun) return countOld(db)
  let total = 0
  for (;;) {
    const deleted = await deleteBatch(db, batchSize)
    if (deleted === 0) return total
    total += deleted
  }
}

async function countOld(db: Db): Promise<number> {
  const [row] = await db.execute<{ rows: number }>(sql`
    select count(*)::int as rows from import_rows r join imports i on i.id = r.import_id where ${areRowsOld}`)
  return row?.rows ?? 0
}

async function deleteBatch(db: Db, limit: number): Promise<number> {
  const [row] = await db.execute<{ deleted: number }>(sql`
    with batch as (
      select r.import_id, r.row from imports i join import_rows r on r.import_id = i.id
      where ${areRowsOld} order by r.import_id, r.row limit ${limit} for update of r skip locked
    ), gone as (
      delete from import_rows r using batch where r.import_id = batch.import_id and r.row = batch.row returning 1
    )
    select count(*)::int as deleted from gone`)
  return row?.deleted ?? 0
}
