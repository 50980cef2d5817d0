import { sql } from 'drizzle-orm'
import type { SystemScope } from '@/domain/scope'
import type { Db } from '../client'

/** Rows in one transaction: small enough that nobody waits for it. */
const BATCH = 500

/** Rows deleted, or with `dryRun` those that would be. */
export type PurgedWalls = { moves: number; pairings: number }

/**
 * Deletes what walls leave behind and nobody asks for again: answers to presses that are older than two days, which no
 * screen still sends, and pairing codes that ran out. In small batches that skip what somebody holds, so it can be
 * stopped at any moment and run again.
 */
export async function purgeWalls(
  db: Db,
  _scope: SystemScope,
  { dryRun = false, batchSize = BATCH }: { dryRun?: boolean; batchSize?: number } = {},
): Promise<PurgedWalls> {
  if (dryRun) return countLeftovers(db)
  let moves = 0
  const restaurants = await db.execute<{ id: number }>(sql`select id from restaurants order by id`)
  for (const { id } of restaurants) moves += await inBatches(() => deleteMoves(db, id, batchSize))
  return { moves, pairings: await inBatches(() => deletePairings(db, batchSize)) }
}

const isOldMove = sql`created_at < now() - interval '2 days'`
const ranOut = sql`expires_at <= now()`

async function countLeftovers(db: Db): Promise<PurgedWalls> {
  const [row] = await db.execute<PurgedWalls>(sql`
    select (select count(*)::int from wall_moves where ${isOldMove}) as moves,
      (select count(*)::int from device_pairings where ${ranOut}) as pairings`)
  return row ?? { moves: 0, pairings: 0 }
}

/** By restaurant, so that a batch walks one restaurant's part of the key and not the table. */
async function deleteMoves(db: Db, restaurantId: number, limit: number): Promise<number> {
  const [row] = await db.execute<{ deleted: number }>(sql`
    with batch as (
      select id from wall_moves where restaurant_id = ${restaurantId} and ${isOldMove}
      order by id limit ${limit} for update skip locked
    ), gone as (
      delete from wall_moves m using batch
      where m.restaurant_id = ${restaurantId} and m.id = batch.id returning 1
    )
    select count(*)::int as deleted from gone`)
  return row?.deleted ?? 0
}

async function deletePairings(db: Db, limit: number): Promise<number> {
  const [row] = await db.execute<{ deleted: number }>(sql`
    with batch as (
      select secret_hash from device_pairings where ${ranOut}
      order by secret_hash limit ${limit} for update skip locked
    ), gone as (
      delete from device_pairings p using batch where p.secret_hash = batch.secret_hash returning 1
    )
    select count(*)::int as deleted from gone`)
  return row?.deleted ?? 0
}

/** Until a batch comes back empty: all are gone, or what is left is held and waits for the next run. */
async function inBatches(deleteBatch: () => Promise<number>): Promise<number> {
  let total = 0
  for (;;) {
    const deleted = await deleteBatch()
    if (deleted === 0) return total
    total += deleted
  }
}
