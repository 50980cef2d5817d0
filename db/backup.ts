import type { Session } from './client'

/** What a database holds, as far as a copy of it can be compared with it. */
export type Contents = {
  tables: { name: string; rows: string; hash: string }[]
  /** Those that were valid; a migration under way may have left others to be validated. */
  constraints: string[]
}

/** Text of rows must not depend on who asks. */
const SAME_TEXT = `set local timezone = 'UTC'; set local datestyle = 'ISO'; set local intervalstyle = 'iso_8601';
  set local bytea_output = 'hex'; set local extra_float_digits = 1; set local statement_timeout = 0`

/**
 * Counts and hashes the rows of every table that survives a crash (unlogged ones hold nothing that must), whatever their
 * order. The caller holds a transaction whose snapshot does not move.
 */
export async function takeContents(session: Pick<Session, 'query'>): Promise<Contents> {
  await session.query(SAME_TEXT)
  const names = await session.query<{ name: string }>(
    `select format('%I.%I', nspname, relname) as name from pg_class
     join pg_namespace on pg_namespace.oid = relnamespace
     where relkind = 'r' and relpersistence = 'p' and nspname <> 'information_schema' and nspname !~ '^pg_'
     order by 1`,
  )
  const tables: Contents['tables'] = []
  for (const { name } of names) {
    const [row] = await session.query<{ rows: string; hash: string }>(
      `select count(*)::text as rows, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text as hash from only ${name} as t`,
    )
    if (row) tables.push({ name, ...row })
  }
  const constraints = await session.query<{ name: string }>(
    `select format('%s of %s.%s', conname, nspname, relname) as name from pg_constraint
     join pg_class on pg_class.oid = conrelid join pg_namespace on pg_namespace.oid = relnamespace
     where convalidated and contype in ('c', 'f', 'p', 'u', 'x') and nspname <> 'information_schema' and nspname !~ '^pg_'
     order by 1`,
  )
  return { tables, constraints: constraints.map(({ name }) => name) }
}

/** Where a copy differs from what was backed up, a sentence for each place; none where it is the same. */
export function differences(expected: Contents, found: Contents): string[] {
  const copies = new Map(found.tables.map((table) => [table.name, table]))
  const tables = expected.tables.flatMap(({ name, rows, hash }) => {
    const copy = copies.get(name)
    copies.delete(name)
    if (!copy) return [`The table ${name} is missing.`]
    if (copy.rows !== rows) return [`${name} has ${copy.rows} rows instead of ${rows}.`]
    return copy.hash === hash ? [] : [`${name} has as many rows, but not the same ones.`]
  })
  const has = new Set(found.constraints)
  const constraints = expected.constraints
    .filter((name) => !has.has(name))
    .map((name) => `The constraint ${name} is missing or not valid.`)
  return [
    ...tables,
    ...[...copies.keys()].map((name) => `The table ${name} was not backed up.`),
    ...constraints,
  ]
}

/**
 * What does not add up in a database by itself: stock that is not the sum of its movements, indexes that are not valid.
 * A sentence for each kind; none where all is well.
 */
export async function inconsistencies(session: Pick<Session, 'query'>): Promise<string[]> {
  const [row] = await session.query<{ stock: number; indexes: string[] }>(
    `select
       (select count(*)::int from stock_levels
        left join (select restaurant_id, ingredient_id, sum(quantity) as moved from stock_movements group by 1, 2) as ledger
          using (restaurant_id, ingredient_id)
        where on_hand <> coalesce(moved, 0)) as stock,
       array(select indexrelid::regclass::text from pg_index where not indisvalid order by 1) as indexes`,
  )
  return [
    ...(row?.stock ? [`${row.stock} stock levels are not the sum of their movements.`] : []),
    ...(row?.indexes ?? []).map((name) => `The index ${name} is not valid.`),
  ]
}
