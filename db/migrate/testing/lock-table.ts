import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { postgresCause, type Session } from '../../client'
import { type Effect, effectsOf, type Work } from '../check/effects'
import { SchemaState } from '../check/schema-state'
import { readSyntax } from '../check/syntax'
import { lockInWords } from '../lock-modes'
import { splitStatements } from '../sql-statements'
import { openTestSession, throwAwayDatabase } from './throw-away-database'

const DOCUMENT = join(import.meta.dirname, '../../../docs/migrations.md')
const ROWS = 300
const REFUSES_TRANSACTIONS = /CONCURRENTLY dishes|^VACUUM/

const SETUP = `
  create table stations (id integer primary key);
  create table dishes (
    id integer primary key, name varchar(200) not null, note text, price integer, weight numeric(10, 2),
    calories integer, station_id integer, second_id integer
  );
  create unique index dishes_unique on dishes (name, id);
  create index dishes_by_price on dishes (price);
  alter table dishes add constraint dishes_calories check (calories is not null);
  alter table dishes add constraint dishes_weight check (weight > 0) not valid;
  alter table dishes add constraint dishes_station foreign key (station_id) references stations (id) not valid;
  create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
  create trigger dishes_touch before update on dishes for each row execute function touch();
  create materialized view menu as select id from stations;
  create unique index menu_id on menu (id);`

export type Line = { statement: string; lock: string; reads: string; writes: string; duration: string }
const DURATIONS: Record<Work, string> = {
  none: 'a moment',
  scan: 'all rows read',
  rewrite: 'all rows written',
  index: 'the index built',
  rows: 'all rows changed',
}

/** The lines of the table of locks in docs/migrations.md. */
export async function readLockTable(): Promise<Line[]> {
  const document = await readFile(DOCUMENT, 'utf8')
  const rows = document.matchAll(/^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)
  return [...rows].map(([, statement = '', lock = '', reads = '', writes = '', duration = '']) => ({
    statement,
    lock,
    reads,
    writes,
    duration,
  }))
}

/**
 * Runs the statement of a line and fails unless it takes the lock, lets others wait and does the work that the line
 * says, and unless the checks say the same.
 * @param server address of a maintenance database; the tests' own server unless told
 */
export function proveLine(line: Line, server?: string): Promise<void> {
  return REFUSES_TRANSACTIONS.test(line.statement)
    ? proveAlone(line, server)
    : proveInTransaction(line, server)
}

async function database(server: string | undefined) {
  const { url, session } = await throwAwayDatabase(server)
  await session.query(SETUP)
  await session.query(
    `insert into stations select generate_series(1, ${ROWS});
     insert into dishes select n, 'Dish ' || n, '', n, n, n, n, n from generate_series(1, ${ROWS}) as n;
     refresh materialized view menu; analyze`,
  )
  return { url, session }
}

/** What `db:check` and `db:migrate -- --plan` would say. */
async function predicted(statement: string): Promise<Effect[]> {
  const schema = new SchemaState()
  const read = async (sql: string) => {
    const syntax = await readSyntax(sql)
    if (!('statements' in syntax)) throw new Error(syntax.message)
    return syntax.statements
  }
  for (const { sql } of splitStatements(SETUP))
    for (const { node, line } of await read(sql)) schema.apply(node, { file: 'setup', line })
  const [parsed] = await read(statement)
  return parsed ? effectsOf(parsed.node, schema) : []
}

/** The strongest lock of a session on each relation of the setup, also one that it waits for. */
async function locksOf(observer: Session, pid: number): Promise<Map<string, string[]>> {
  const rows = await observer.query<{ relation: string; mode: string }>(
    `select relname as relation, mode from pg_locks join pg_class on pg_class.oid = relation
     where pid = $1 and locktype = 'relation' and database = (select oid from pg_database where datname = current_database())
       and relnamespace = 'public'::regnamespace`,
    [pid],
  )
  const locks = new Map<string, string[]>()
  for (const { relation, mode } of rows) locks.set(relation, [...(locks.get(relation) ?? []), mode])
  return locks
}

const pidOf = async (session: Session) =>
  (await session.query<{ pid: number }>('select pg_backend_pid() as pid'))[0]?.pid ?? 0

/** Whether a statement of somebody else has to wait. */
async function waits(session: Session, sql: string): Promise<boolean> {
  await session.query(`set lock_timeout = '100ms'`)
  try {
    await session.query(sql)
    return false
  } catch (error) {
    if (postgresCause(error)?.code !== '55P03') throw error
    return true
  }
}

type Picture = { filenode: string; indexes: string; read: number; changed: number }

async function picture(session: Session, table: string): Promise<Picture | undefined> {
  const [row] = await session.query<Picture>(
    `select pg_relation_filenode(pg_class.oid)::text as filenode,
       (select string_agg(pg_relation_filenode(indexrelid)::text, ' ' order by indexrelid) from pg_index where indrelid = pg_class.oid) as indexes,
       coalesce(seq_tup_read, 0)::int as read, coalesce(n_tup_upd + n_tup_del, 0)::int as changed
     from pg_class left join pg_stat_xact_user_tables on relid = pg_class.oid
     where pg_class.oid = to_regclass($1)`,
    [table],
  )
  return row
}

/** What was done to the table's rows, seen from its files and the server's counters. */
function workBetween(before: Picture | undefined, after: Picture | undefined): Work {
  if (!before || !after) return 'none'
  if (after.changed - before.changed >= ROWS) return 'rows'
  if (after.filenode !== before.filenode) return 'rewrite'
  const isNew = (filenode: string) => !before.indexes.split(' ').includes(filenode)
  const read = after.read - before.read >= ROWS
  if (read && after.indexes.split(' ').some(isNew)) return 'index'
  return read ? 'scan' : 'none'
}

async function proveInTransaction(
  { statement, lock, reads, writes, duration }: Line,
  server: string | undefined,
): Promise<void> {
  const { url, session } = await database(server)
  const effects = await predicted(statement)
  const table = effects[0]?.table ?? ''
  const other = await openTestSession(url)
  await session.query('begin')
  const before = await picture(session, table)

  await session.query(statement)

  const after = await picture(session, table)
  const locks = await locksOf(other, await pidOf(session))
  const [own = '', onOthers] = lock.split(', on ')
  expect(effects.map(({ lock }) => lockInWords(lock))[0]).toBe(own)
  for (const effect of effects) expect(locks.get(effect.table)).toContain(effect.lock)
  const second = effects[1]
  expect(second && `${second.table} ${lockInWords(second.lock)}`).toBe(onOthers)
  const isTruncation = statement.startsWith('TRUNCATE') // new, empty files; nothing is written
  if (!isTruncation) expect(DURATIONS[workBetween(before, after)]).toBe(duration)
  expect(DURATIONS[effects[0]?.work ?? 'none']).toBe(duration)
  expect(await waits(other, `select count(*) from ${table}`)).toBe(reads === 'yes')
  if (writes !== 'nobody can')
    expect(await waits(other, `update dishes set note = note where id = 1`)).toBe(writes !== 'no')
  await Promise.all([session.close(), other.close()])
}

async function proveAlone(
  { statement, lock, reads, writes, duration }: Line,
  server: string | undefined,
): Promise<void> {
  const { url, session } = await database(server)
  const [effect] = await predicted(statement)
  if (!effect) throw new Error('No lock is predicted.')
  const [observer, holder] = [await openTestSession(url), await openTestSession(url)]
  const before = await picture(observer, effect.table)
  await holder.query(`begin; lock table ${effect.table} in exclusive mode`)
  const pid = await pidOf(session)

  const running = session.query(statement)
  await vi.waitFor(
    async () => expect((await locksOf(observer, pid)).get(effect.table)).toContain(effect.lock),
    { timeout: 20_000 },
  )
  await holder.query('rollback')
  await running

  expect(lockInWords(effect.lock)).toBe(lock)
  expect(DURATIONS[effect.work]).toBe(duration)
  const after = await picture(observer, effect.table)
  expect(after?.filenode !== before?.filenode).toBe(effect.work === 'rewrite')
  // Beside a lock of this strength, taken by hand.
  await holder.query(`begin; lock table ${effect.table} in ${lock} mode`)
  expect(await waits(observer, `select count(*) from ${effect.table}`)).toBe(reads === 'yes')
  expect(await waits(observer, 'update dishes set note = note where id = 1')).toBe(writes === 'yes')
  await Promise.all([session.close(), observer.close(), holder.close()])
}
