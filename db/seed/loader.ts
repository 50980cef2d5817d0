import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { type Database, type Db, openDatabase } from '../client'
import { dietsOfCard } from '../fragments/diets'

/** Takes one line for people: a step and how long it took. */
export type Report = (line: string) => void

export type Step = { title: string; run: (tx: Db) => Promise<unknown> }

export type Seed = {
  steps: readonly Step[]
  /** The moment that the data ends at. */
  now: Date
  /** Share of the volume set. */
  scale: number
  report: Report
}

/** `not_migrated`: the database has no tables yet. `not_empty`: there are restaurants already. Nothing changed. */
export type Loaded = { loaded: true } | { loaded: false; reason: 'not_migrated' | 'not_empty' }

const SEED_FOLDER = dirname(fileURLToPath(import.meta.url))
const HALF_AN_HOUR_MS = 30 * 60 * 1000

/** Runs a file of SQL that lies beside this one. An error names the file; Drizzle's would repeat all of it. */
export async function runSql(tx: Db, file: string): Promise<void> {
  const text = await readFile(join(SEED_FOLDER, file), 'utf8')
  await tx.execute(sql.raw(text)).catch((error: Error) => {
    const { message } = error.cause instanceof Error ? error.cause : error
    throw new Error(`db/seed/${file}: ${message}`, { cause: error.cause })
  })
}

/** Loads a seed into an empty database in one transaction, so that being killed half-way leaves nothing behind. */
export async function loadSeed(url: string, { steps, now, scale, report }: Seed): Promise<Loaded> {
  const db = openDatabase(url, {
    max: 1,
    applicationName: 'brigade-seed',
    statementTimeoutMs: HALF_AN_HOUR_MS,
    lockTimeoutMs: HALF_AN_HOUR_MS,
    idleInTransactionTimeoutMs: HALF_AN_HOUR_MS,
  })
  try {
    const loaded = await db.transaction(async (tx): Promise<Loaded> => {
      const refused = await reasonToRefuse(tx)
      if (refused) return { loaded: false, reason: refused }
      await prepare(tx, now, scale)
      for (const { title, run } of steps) await timed(title, report, () => run(tx))
      return { loaded: true }
    })
    if (loaded.loaded) await timed('vacuum', report, () => vacuum(db))
    return loaded
  } finally {
    await db.close()
  }
}

async function reasonToRefuse(tx: Db): Promise<'not_migrated' | 'not_empty' | undefined> {
  const [table] = await tx.execute<{ exists: boolean }>(
    sql`select to_regclass('restaurants') is not null as exists`,
  )
  if (!table?.exists) return 'not_migrated'
  // Two loaders at once: the second waits here, then finds restaurants.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('brigade seed'))`)
  const [restaurant] = await tx.execute(sql`select id from restaurants limit 1`)
  return restaurant ? 'not_empty' : undefined
}

async function prepare(tx: Db, now: Date, scale: number): Promise<void> {
  await tx.execute(sql.raw(`set local work_mem = '128MB'; set local jit = off`))
  await tx.execute(sql`
    select set_config('seed.now', ${now.toISOString()}, false), set_config('seed.scale', ${String(scale)}, false)`)
  await runSql(tx, 'functions.sql')
  await tx.execute(sql`
    create function pg_temp.diets_of(ids int[]) returns text[] language sql as $$ ${dietsOfCard(sql`ids`)} $$`)
  await skipChecks(tx)
}

/**
 * Skips foreign keys and constraint triggers where the server lets us, which halves the time: these rows come from our
 * own files, and a test proves that what the checks guard holds.
 */
async function skipChecks(tx: Db): Promise<void> {
  const [row] = await tx.execute<{ may: boolean }>(
    sql`select has_parameter_privilege('session_replication_role', 'set') as may`,
  )
  if (row?.may) await tx.execute(sql`set local session_replication_role = replica`)
}

/** Index-only scans don't trust fresh rows, and the planner knows nothing of them, until then. */
async function vacuum(db: Database): Promise<void> {
  const tables = await db.execute<{ name: string }>(sql`
    select quote_ident(tablename) as name from pg_tables
    where schemaname = current_schema() and pg_has_role(tableowner, 'usage')`)
  await db.execute(sql.raw(`vacuum (analyze) ${tables.map(({ name }) => name).join(', ')}`))
}

async function timed(title: string, report: Report, work: () => Promise<unknown>): Promise<void> {
  const started = performance.now()
  await work()
  report(`${title.padEnd(14)}${((performance.now() - started) / 1000).toFixed(1)} s`)
}
