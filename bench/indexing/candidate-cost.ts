import type { Session } from '@/db/client'
import { planOf, type Statement } from '@/db/explain'
import { explainNamedQuery, findNamedQuery } from '@/db/named-queries/named-queries'
import type { Candidate } from './candidates'

export type Read = {
  /** Pages of 8 kB that the query touches without the index, and with it. */
  without: number
  with: number
  /** Whether the planner chose it. */
  chosen: boolean
  bytes: number
}

/** The name that a candidate has while it is measured. */
export const CANDIDATE = 'candidate'

export const createStatement = ({ table, definition }: Candidate): string =>
  `create index ${CANDIDATE} on ${table} ${definition}`

/** What the query that a candidate would serve reads before and after the index is there; it is removed again. */
export async function measureRead(url: string, session: Session, candidate: Candidate): Promise<Read> {
  const { query, given = {} } = candidate.asks
  const { plans } = await explainNamedQuery(url, findNamedQuery(query), given, { limitMs: 30_000 })
  const statements = plans.map(({ statement }) => statement)
  await session.query('begin')
  try {
    await session.query(`analyze ${candidate.table}`)
    // Whoever reads first also tidies up the pages.
    await readAll(session, statements)
    const before = await readAll(session, statements)
    await session.query(createStatement(candidate))
    const [size] = await session.query<{ bytes: number }>(
      `select pg_relation_size('${CANDIDATE}')::float8 as bytes`,
    )
    const after = await readAll(session, statements)
    return {
      without: before.pages,
      with: after.pages,
      chosen: after.indexes.includes(CANDIDATE),
      bytes: size?.bytes ?? 0,
    }
  } finally {
    await session.query('rollback')
  }
}

async function readAll(
  session: Session,
  statements: readonly Statement[],
): Promise<{ pages: number; indexes: string[] }> {
  let pages = 0
  const indexes: string[] = []
  for (const statement of statements) {
    const plan = await planOf(session, statement, 'analyze, buffers, timing off')
    pages += plan.buffers
    indexes.push(...plan.indexes)
  }
  return { pages, indexes }
}
