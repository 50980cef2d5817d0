import { performance } from 'node:perf_hooks'
import { sql } from 'drizzle-orm'
import { type Database, openDatabase } from '@/db/client'

export type Cost = {
  /** Milliseconds of the whole work, this process's part included. */
  ms: number
  queries: number
  /** Rows that the server read from tables. */
  rows: number
  /** 8 kB pages that it touched, cached or not. */
  buffers: number
}

/** One connection, so that the server's counters are this work's alone. Milliseconds do not limit a statement. */
export const openMeter = (url: string): Database =>
  openDatabase(url, {
    max: 1,
    statementTimeoutMs: 10 * 60 * 1000,
    idleInTransactionTimeoutMs: 10 * 60 * 1000,
  })

/** What the work costs once: the median of the milliseconds and the mean of the counts over `runs`, after `warm` more. */
export async function measure<T>(
  db: Database,
  work: (db: Database) => Promise<T>,
  { warm, runs }: { warm: number; runs: number },
): Promise<{ results: T[]; cost: Cost }> {
  for (let run = 0; run < warm; run++) await work(db)
  const before = await counters(db)
  const queriesBefore = db.gate.stats().queries
  const results: T[] = []
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const start = performance.now()
    results.push(await work(db))
    times.push(performance.now() - start)
  }
  const queries = (db.gate.stats().queries - queriesBefore) / runs
  const after = await counters(db)
  const rows = (after.rows - before.rows) / runs
  const buffers = (after.buffers - before.buffers) / runs
  return { results, cost: { ms: spreadOf(times).median, queries, rows, buffers } }
}

/** The tables' and indexes' counters of this database, of all that this connection did. */
async function counters(db: Database): Promise<{ rows: number; buffers: number }> {
  await db.execute(sql`select pg_stat_force_next_flush()`)
  await db.execute(sql`select 1`)
  await db.execute(sql`select pg_stat_clear_snapshot()`)
  const [row] = await db.execute<{ rows: string; buffers: string }>(sql`
    select
      (select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) from pg_stat_user_tables)::text as rows,
      (select sum(heap_blks_hit + heap_blks_read + coalesce(idx_blks_hit + idx_blks_read, 0)
        + coalesce(toast_blks_hit + toast_blks_read, 0)) from pg_statio_user_tables)::text as buffers`)
  return { rows: Number(row?.rows), buffers: Number(row?.buffers) }
}

export type Spread = { median: number; p99: number; max: number }

/** Milliseconds between sending a work's statements and having their answers, over so many runs after five warm ones. */
export async function spread(
  db: Database,
  runs: number,
  work: (db: Database, run: number) => Promise<unknown>,
): Promise<Spread> {
  for (let run = 0; run < 5; run++) await work(db, run)
  const samples: number[] = []
  for (let run = 0; run < runs; run++) {
    const before = db.gate.stats().queryMs
    await work(db, run)
    samples.push(db.gate.stats().queryMs - before)
  }
  return spreadOf(samples)
}

export function spreadOf(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
  return { median: at(0.5), p99: at(0.99), max: at(1) }
}
