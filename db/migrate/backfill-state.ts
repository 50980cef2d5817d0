import type { Key } from './backfill-batch'
import { FIRST_BATCH } from './batch-size'
import type { MigratorSession } from './migrator-session'
import type { Migration } from './parse'
import { Refused } from './refused'

const isThere = async (session: Pick<MigratorSession, 'query'>) => {
  const [made] = await session.query<{ exists: boolean }>(
    `select to_regclass('brigade_migrations.backfills') is not null as exists`,
  )
  return made?.exists ?? false
}

const TABLE = `
  create schema if not exists brigade_migrations;
  create table if not exists brigade_migrations.backfills (
    name text primary key,
    sha256 text not null,
    table_name text not null,
    -- The key of the last row that was done, column by column; null before the first batch.
    last_key jsonb,
    rows_done bigint not null default 0,
    rows_expected bigint not null,
    batches bigint not null default 0,
    batch_size integer not null,
    batch_ms integer,
    started_at timestamptz not null default now(),
    batch_at timestamptz,
    finished_at timestamptz,
    paused_at timestamptz,
    paused_by text,
    -- Since when and for what it lets others go first.
    aside_since timestamptz,
    aside_for text
  )`

export type BackfillState = {
  lastKey: Key | null
  rowsDone: number
  rowsExpected: number
  batchSize: number
  pausedBy: string | null
}

/**
 * Begins a backfill, or finds it where an interrupted one left it.
 * @throws {Refused} `edited` when its file has changed since it began
 */
export async function beginBackfill(
  session: MigratorSession,
  { name, sha256 }: Pick<Migration, 'name' | 'sha256'>,
  table: string,
): Promise<BackfillState> {
  if (!(await isThere(session))) await session.query(TABLE)
  await session.query(
    `insert into brigade_migrations.backfills (name, sha256, table_name, rows_expected, batch_size)
     select $1, $2, $3, greatest(reltuples, 0), $4::int from pg_class where oid = to_regclass($3)
     on conflict (name) do nothing`,
    [name, sha256, table, FIRST_BATCH],
  )
  // A table that was never analysed has no estimate; such a table is small or new.
  await session.query(
    `update brigade_migrations.backfills set rows_expected = (select count(*) from ${table})
     where name = $1 and rows_expected = 0 and batches = 0`,
    [name],
  )
  const [begun] = await session.query<{ sha256: string }>(
    'select sha256 from brigade_migrations.backfills where name = $1',
    [name],
  )
  if (begun?.sha256 !== sha256)
    throw new Refused(
      'edited',
      `Migration ${name} was edited after its backfill had begun: put it back as it was, and make a new migration of the change.`,
    )
  return readState(session, name)
}

/** The state as it stands, locked until the transaction ends: whoever pauses waits for the batch, and the next sees it. */
export async function lockState(session: MigratorSession, name: string): Promise<BackfillState> {
  return readState(session, name, 'for update')
}

async function readState(session: MigratorSession, name: string, lock = ''): Promise<BackfillState> {
  const [state] = await session.query<BackfillState>(
    `select last_key as "lastKey", rows_done::float8 as "rowsDone", rows_expected::float8 as "rowsExpected",
       batch_size as "batchSize", case when paused_at is not null then coalesce(paused_by, 'somebody') end as "pausedBy"
     from brigade_migrations.backfills where name = $1 ${lock}`,
    [name],
  )
  if (!state) throw new Refused('failed', `The record of the backfill ${name} has vanished: run it again.`)
  return state
}

/** What a batch has done, in the transaction of the batch: so that it is never done twice and never left out. */
export async function recordBatch(
  session: MigratorSession,
  name: string,
  batch: { last: Key; rows: number; milliseconds: number; nextSize: number },
): Promise<void> {
  await session.query(
    `update brigade_migrations.backfills
     set last_key = $2::text::jsonb, rows_done = rows_done + $3::int, batches = batches + 1, batch_ms = $4::int,
       batch_size = $5::int, batch_at = now(), aside_since = null, aside_for = null
     where name = $1`,
    [name, JSON.stringify(batch.last), batch.rows, Math.round(batch.milliseconds), batch.nextSize],
  )
}

/** Why no batch runs right now, for those who look from elsewhere; null: it goes on. */
export async function recordAside(
  session: MigratorSession,
  name: string,
  reason: string | null,
): Promise<void> {
  await session.query(
    `update brigade_migrations.backfills
     set aside_for = $2::text, aside_since = case when $2::text is not null then now() end where name = $1`,
    [name, reason],
  )
}

export async function recordFinished(session: MigratorSession, name: string): Promise<void> {
  await session.query(
    `update brigade_migrations.backfills
     set finished_at = now(), aside_since = null, aside_for = null where name = $1`,
    [name],
  )
}

/** The backfills that were begun, ended ones among them. */
export async function begunBackfills(session: Pick<MigratorSession, 'query'>): Promise<Set<string>> {
  if (!(await isThere(session))) return new Set()
  const rows = await session.query<{ name: string }>('select name from brigade_migrations.backfills')
  return new Set(rows.map(({ name }) => name))
}

/** As if it had never begun. */
export async function forgetBackfill(session: Pick<MigratorSession, 'query'>, name: string): Promise<void> {
  if (await isThere(session))
    await session.query('delete from brigade_migrations.backfills where name = $1', [name])
}
