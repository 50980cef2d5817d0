import { type Database, openDatabase, openSession, type Session } from './client'

type Statement = { text: string; args: readonly unknown[] }

/** One node of `EXPLAIN (FORMAT JSON)`, as far as we read it. */
type PlanNode = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows'?: number
  'Actual Loops'?: number
  'Shared Hit Blocks'?: number
  'Shared Read Blocks'?: number
  Plans?: PlanNode[]
}

export type Plan = {
  statement: Statement
  /** Milliseconds in the executor; the planner's own are apart. */
  executionMs: number
  planningMs: number
  /** 8 kB pages touched, cached or not. */
  buffers: number
  indexes: string[]
  /** Tables read from end to end. */
  scanned: string[]
  tree: PlanNode
}

/** The statements that `work` sends, in order, with the arguments that the app would send. */
async function captureStatements(
  url: string,
  work: (db: Database) => Promise<unknown>,
): Promise<Statement[]> {
  const statements: Statement[] = []
  const db = openDatabase(url, { max: 1, onStatement: (text, args) => statements.push({ text, args }) })
  try {
    await work(db)
  } finally {
    await db.close()
  }
  return statements
}

/** Runs a statement under EXPLAIN ANALYZE in a transaction that is rolled back, read-only unless told, with a time limit. */
async function explain(
  session: Session,
  statement: Statement,
  { limitMs = 30_000, writes = false }: { limitMs?: number; writes?: boolean } = {},
): Promise<Plan> {
  await session.query(writes ? 'begin' : 'begin read only')
  try {
    await session.query(`set local statement_timeout = ${Math.trunc(limitMs)}`)
    const [row] = await session.query<{
      'QUERY PLAN': [{ Plan: PlanNode; 'Execution Time': number; 'Planning Time': number }]
    }>(`explain (analyze, buffers, timing off, format json) ${statement.text}`, statement.args)
    const report = row?.['QUERY PLAN'][0]
    if (!report) throw new Error('EXPLAIN returned nothing.')
    // A branch that the executor never entered cost nothing.
    const nodes = [...walk(report.Plan)].filter((node) => node['Actual Loops'] !== 0)
    return {
      statement,
      executionMs: report['Execution Time'],
      planningMs: report['Planning Time'],
      buffers: (report.Plan['Shared Hit Blocks'] ?? 0) + (report.Plan['Shared Read Blocks'] ?? 0),
      indexes: [...new Set(nodes.flatMap((node) => node['Index Name'] ?? []))],
      scanned: [
        ...new Set(
          nodes.flatMap((node) => (node['Node Type'] === 'Seq Scan' && node['Relation Name']) || []),
        ),
      ],
      tree: report.Plan,
    }
  } finally {
    await session.query('rollback')
  }
}

/** The plans of all that `work` sends but transaction control, on a connection of their own. */
export async function explainWork(url: string, work: (db: Database) => Promise<unknown>): Promise<Plan[]> {
  const statements = await captureStatements(url, work)
  const session = await openSession(url)
  try {
    const plans: Plan[] = []
    for (const statement of statements) {
      if (/^(begin|commit|rollback|savepoint|release|set)\b/i.test(statement.text)) continue
      const writes = /\b(insert|update|delete|for (no key )?update|pg_notify)\b/i.test(statement.text)
      plans.push(await explain(session, statement, { writes }))
    }
    return plans
  } finally {
    await session.close()
  }
}

function* walk(node: PlanNode): Generator<PlanNode> {
  yield node
  for (const child of node.Plans ?? []) yield* walk(child)
}
