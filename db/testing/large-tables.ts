import { openSession } from '../client'

/** From so many rows on nothing that a page waits for may go through all of them. */
const LARGE = 10_000

/** Those of the tables that hold more than 10,000 rows, by what the planner knows of them. */
export async function largeTables(url: string, tables: readonly string[]): Promise<string[]> {
  const session = await openSession(url)
  try {
    const rows = await session.query<{ name: string }>(
      'select relname as name from pg_class where relname = any($1::text[]) and reltuples > $2 order by 1',
      [[...new Set(tables)], LARGE],
    )
    return rows.map(({ name }) => name)
  } finally {
    await session.close()
  }
}
