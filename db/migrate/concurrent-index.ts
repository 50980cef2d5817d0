import { postgresCause } from '../client'
import { withIndexProgress } from './index-progress'
import type { MigratorSession } from './migrator-session'
import type { IndexBuild } from './parse-index'
import type { Progress } from './progress'
import { Refused } from './refused'

type Found = { valid: boolean; qualifiedName: string; tableName: string; definition: string }

const DUPLICATE_TABLE = '42P07'

/**
 * Runs a CREATE INDEX CONCURRENTLY so that it can be repeated: what an interrupted build left is dropped first, an
 * index that is there just as wanted (a build whose record was not written) is kept.
 * @throws {Refused} `failed` when another index has its name; the server's error otherwise
 */
export async function buildIndex(
  session: MigratorSession,
  file: string,
  sql: string,
  build: IndexBuild,
  report: (progress: Progress) => void,
): Promise<void> {
  const existing = await findIndex(session, build)
  if (existing?.valid) {
    await requireSame(session, file, build, existing)
    report({ kind: 'already_built', file, index: build.name })
    return
  }
  if (existing) {
    report({ kind: 'dropping_invalid', file, index: build.name })
    await session.query(`drop index concurrently ${existing.qualifiedName}`)
  }
  await withIndexProgress(session, { file, index: build.name, report }, () => create(session, sql, build))
  const built = await findIndex(session, build)
  if (!built?.valid)
    throw new Refused('failed', `Migration ${file} ended without a valid index ${build.name}: run it again.`)
}

/** An invalid unique index goes on refusing rows, so a failed build is not left lying until the next run. */
async function create(session: MigratorSession, sql: string, build: IndexBuild): Promise<void> {
  try {
    await session.query(sql)
  } catch (error) {
    if (postgresCause(error)?.code !== DUPLICATE_TABLE) await dropLeftover(session, build).catch(() => {})
    throw error
  }
}

async function dropLeftover(session: MigratorSession, build: IndexBuild): Promise<void> {
  const leftover = await findIndex(session, build)
  if (leftover && !leftover.valid) await session.query(`drop index concurrently ${leftover.qualifiedName}`)
}

/** The index of that name on that table; one that is invalid, or not yet kept up by writes, does not count as valid. */
async function findIndex(session: MigratorSession, { table, name }: IndexBuild): Promise<Found | undefined> {
  const [found] = await session.query<Found>(
    `select indisvalid and indisready as valid,
       format('%I.%I', nspname, index.relname) as "qualifiedName",
       format('%I', indexed.relname) as "tableName",
       pg_get_indexdef(indexrelid) as definition
     from pg_index
     join pg_class as index on index.oid = indexrelid
     join pg_class as indexed on indexed.oid = indrelid
     join pg_namespace on pg_namespace.oid = index.relnamespace
     where indrelid = to_regclass($1) and index.relname = $2::name`,
    [table, name],
  )
  return found
}

/** PostgreSQL itself puts both definitions into the same words: the file's is built on an empty copy of the table. */
async function requireSame(
  session: MigratorSession,
  file: string,
  build: IndexBuild,
  existing: Found,
): Promise<void> {
  const wanted = await definitionOnCopy(session, build, existing.tableName)
  if (essence(wanted) === essence(existing.definition)) return
  throw new Refused(
    'failed',
    `Migration ${file} builds the index ${build.name}, but the database has another one of that name (${existing.definition}): drop that one if it is not needed.`,
  )
}

async function definitionOnCopy(
  session: MigratorSession,
  { name, table, unique, tail }: IndexBuild,
  copy: string,
): Promise<string> {
  await session.query('begin')
  try {
    // Under the table's own name, which the tail may mention; temporary tables are found first.
    await session.query(`create temporary table ${copy} (like ${table}) on commit drop`)
    await session.query(
      `create ${unique ? 'unique ' : ''}index "${name.replaceAll('"', '""')}" on ${copy} ${tail}`,
    )
    const [row] = await session.query<{ definition: string }>(
      `select pg_get_indexdef(oid) as definition
       from pg_class where relnamespace = pg_my_temp_schema() and relname = $1::name`,
      [name],
    )
    return row?.definition ?? ''
  } finally {
    await session.tidy('rollback')
  }
}

/** Without the schema, in which the copy differs. */
function essence(definition: string): string {
  const unique = definition.startsWith('CREATE UNIQUE')
  return `${unique}${definition.slice(definition.indexOf(' USING '))}`
}
