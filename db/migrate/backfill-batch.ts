import type { MigratorSession } from './migrator-session'
import type { Backfill } from './parse-backfill'
import { Refused } from './refused'

/** Key values in PostgreSQL's own words, one for each column of the key. */
export type Key = readonly string[]

/** A backfill's two statements, with the key's types put in. */
export type BatchStatements = {
  /** The first and the last key of the next `size` rows after a key, with how many rows they are; null: none is left. */
  range(after: Key | null, size: number): Promise<{ first: Key; last: Key; rows: number } | null>
  /** The file's statement over a range, both ends included. */
  work(first: Key, last: Key): Promise<void>
}

/**
 * Prepares a backfill's statements.
 * @throws {Refused} `failed` when there is no such table or the key is not one: each of its columns NOT NULL, and a
 *   unique index on just these columns, in this order. Else batches could skip rows, or be slow to find.
 */
export async function batchStatements(
  session: MigratorSession,
  file: string,
  { table, keys, pieces }: Backfill,
): Promise<BatchStatements> {
  const types = await keyTypes(session, file, table, keys)
  const columns = keys.join(', ')
  const descending = keys.map((key) => `${key} desc`).join(', ')
  const parameter = (number: number) => `$${number}::text::${types[(number - 1) % keys.length]}`
  const after = `where (${columns}) > (${keys.map((_, index) => parameter(index + 1)).join(', ')})`
  const next = (where: string) => `
    with batch as materialized (select ${columns} from ${table} ${where} order by ${columns} limit $${keys.length + 1}::int)
    (select json_build_array(${keys.map((key) => `${key}::text`).join(', ')}) as key,
       (select count(*)::int from batch) as rows from batch order by ${columns} limit 1)
    union all
    (select json_build_array(${keys.map((key) => `${key}::text`).join(', ')}), 0 from batch order by ${descending} limit 1)`
  const statement = pieces.map((piece) => (typeof piece === 'number' ? parameter(piece) : piece)).join('')
  return {
    async range(last, size) {
      // Without a key to start from the parameters are still there, and say nothing.
      const where =
        last === null ? `where ${keys.map((_, i) => `$${i + 1}::text is null`).join(' and ')}` : after
      const given = last ?? keys.map(() => null)
      const ends = await session.query<{ key: string[]; rows: number }>(next(where), [...given, size])
      const [from, to] = ends
      return from && to ? { first: from.key, last: to.key, rows: from.rows } : null
    },
    async work(first, last) {
      await session.query(statement, [...first, ...last])
    },
  }
}

async function keyTypes(
  session: MigratorSession,
  file: string,
  table: string,
  keys: readonly string[],
): Promise<string[]> {
  const columns = await session.query<{ type: string }>(
    `select format_type(atttypid, null) as type
     from unnest($2::text[]) with ordinality as wanted (name, place)
     join pg_attribute on attrelid = to_regclass($1) and attname = name and attnum > 0 and attnotnull
     order by place`,
    [table, keys],
  )
  const unique = await session.query(
    `select from pg_index
     where indrelid = to_regclass($1) and indisunique and indisvalid and indpred is null and indexprs is null
       and (select array_agg(attname::text order by place) from unnest(indkey::int2[]) with ordinality as k (number, place)
            join pg_attribute on attrelid = indrelid and attnum = number where place <= indnkeyatts) = $2::text[]`,
    [table, keys],
  )
  if (columns.length === keys.length && unique.length > 0) return columns.map(({ type }) => type)
  throw new Refused(
    'failed',
    `Migration ${file} goes through ${table} by ${keys.join(', ')}, which is no key of it: name the columns of a unique index in its order, all of them NOT NULL.`,
  )
}
