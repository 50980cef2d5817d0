import { postgresCause, type Session } from '../client'
import type { Migration, Phase } from './parse'
import { Refused } from './refused'

export type LedgerEntry = { name: string; sha256: string; phase: Phase; appliedAt: Date }

const OLDEST_SERVER = 15
const UNDEFINED_TABLE = '42P01'

const OURS = `
  create schema if not exists brigade_migrations;
  create table if not exists brigade_migrations.ledger (
    name text primary key,
    sha256 text not null,
    phase text not null,
    applied_at timestamptz not null default now(),
    milliseconds integer not null
  )`

/** As Drizzle's migrator makes it (drizzle-orm/pg-core/dialect), so that it and drizzle-kit find what they expect. */
const DRIZZLES = `
  create schema if not exists drizzle;
  create table if not exists drizzle.__drizzle_migrations (
    id serial primary key,
    hash text not null,
    created_at bigint
  )`

/**
 * What has been applied, in no particular order: nothing on a new database. One read, which also checks the server.
 * @throws {Refused} `server_too_old`
 */
export async function readLedger(session: Pick<Session, 'query'>): Promise<LedgerEntry[]> {
  type Row = LedgerEntry & { server: number }
  const server = `current_setting('server_version_num')::int as server`
  let rows: Row[]
  try {
    rows = await session.query<Row>(
      `select ${server}, name, sha256, phase, applied_at as "appliedAt"
       from (values (1)) as always left join brigade_migrations.ledger on true`,
    )
  } catch (error) {
    if (postgresCause(error)?.code !== UNDEFINED_TABLE) throw error
    rows = await session.query<Row>(`select ${server}, null as name`)
  }
  requireServer(rows[0]?.server ?? 0)
  return rows.filter(({ name }) => name !== null)
}

/**
 * @param version the server's `server_version_num`, such as 150004
 * @throws {Refused} `server_too_old`
 */
export function requireServer(version: number): void {
  const major = Math.floor(version / 10_000)
  if (major < OLDEST_SERVER)
    throw new Refused(
      'server_too_old',
      `Brigade needs PostgreSQL ${OLDEST_SERVER} or newer, and this server is ${major}: upgrade it.`,
    )
}

/** Writes a file into our ledger and into Drizzle's, which are made when missing. The caller holds the transaction. */
export async function recordApplied(
  session: Pick<Session, 'query'>,
  { name, sha256, phase, when }: Migration,
  milliseconds: number,
): Promise<void> {
  const [absent] = await session.query<{ ours: boolean; drizzles: boolean }>(
    `select to_regclass('brigade_migrations.ledger') is null as ours,
       to_regclass('drizzle.__drizzle_migrations') is null as drizzles`,
  )
  if (absent?.ours) await session.query(OURS)
  if (absent?.drizzles) await session.query(DRIZZLES)
  await session.query(
    'insert into brigade_migrations.ledger (name, sha256, phase, milliseconds) values ($1, $2, $3, $4)',
    [name, sha256, phase, Math.round(milliseconds)],
  )
  await session.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
    sha256,
    when,
  ])
}

/** Strikes a file that was taken back, so that it is pending again. The caller holds the transaction. */
export async function forgetApplied(
  session: Pick<Session, 'query'>,
  { name, sha256 }: Pick<Migration, 'name' | 'sha256'>,
): Promise<void> {
  await session.query('delete from brigade_migrations.ledger where name = $1', [name])
  await session.query('delete from drizzle.__drizzle_migrations where hash = $1', [sha256])
}
