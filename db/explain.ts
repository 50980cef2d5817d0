import { type Database, type Db, openDatabase, openSession, postgresCause, type Session } from './client'

export type Statement = { text: string; args: readonly unknown[] }

/** One node of `EXPLAIN (FORMAT JSON)`, as far as we read it. What was measured is of one loop; blocks are of all. */
export type PlanNode = {
  'Node Type': string
  'Parent Relationship'?: string
  'Subplan Name'?: string
  'Relation Name'?: string
  Alias?: string
  'CTE Name'?: string
  'Function Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  'Recheck Cond'?: string
  'Hash Cond'?: string
  'Merge Cond'?: string
  'Join Filter'?: string
  'Join Type'?: string
  Filter?: string
  Strategy?: string
  'Sort Key'?: string[]
  'Sort Space Used'?: number
  'Sort Space Type'?: string
  'Hash Batches'?: number
  'HashAgg Batches'?: number
  'Disk Usage'?: number
  'Heap Fetches'?: number
  'Plan Rows': number
  'Actual Rows'?: number
  'Actual Loops'?: number
  'Actual Total Time'?: number
  'Rows Removed by Filter'?: number
  'Rows Removed by Join Filter'?: number
  'Rows Removed by Index Recheck'?: number
  'Shared Hit Blocks'?: number
  'Shared Read Blocks'?: number
  Plans?: PlanNode[]
}

export type Plan = {
  statement: Statement
  /** Milliseconds in the executor, the planner's own are apart; null where the statement was not run to its end. */
  executionMs: number | null
  planningMs: number
  /** 8 kB pages touched, cached or not. */
  buffers: number
  indexes: string[]
  /** Tables read from end to end. */
  scanned: string[]
  tree: PlanNode
}

type Measure = {
  /** For one statement. */
  limitMs?: number
  /** In a transaction that may write; it is rolled back all the same. */
  writes?: boolean
  /** Clocks each node, which costs time itself. */
  timing?: boolean
}

const CONTROLS_TRANSACTION = /^(begin|commit|rollback|savepoint|release|set)\b/i

/** The statements that `work` sends, in order, with the arguments that the app would send; what it does is done. */
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

/**
 * The same in a read-only transaction that is rolled back. Where a statement exceeds the limit it is the last one: what
 * `work` would have sent next is not known.
 */
async function captureReads(
  url: string,
  work: (db: Db) => Promise<unknown>,
  limitMs: number,
): Promise<{ statements: Statement[]; cutShort: boolean }> {
  const statements: Statement[] = []
  const db = openDatabase(url, {
    max: 1,
    applicationName: 'brigade-explain',
    statementTimeoutMs: limitMs,
    onStatement: (text, args) => statements.push({ text, args }),
  })
  let done = false
  let cutShort = false
  try {
    await db.transaction(
      async (tx) => {
        // Behind PgBouncer the start-up parameter was not sent.
        await tx.execute(`set local statement_timeout = ${Math.trunc(limitMs)}`)
        await work(tx)
        done = true
        tx.rollback()
      },
      { accessMode: 'read only' },
    )
  } catch (error) {
    cutShort = exceededLimit(error)
    if (!done && !cutShort) throw error
  } finally {
    await db.close()
  }
  return { statements, cutShort }
}

const exceededLimit = (error: unknown): boolean => postgresCause(error)?.code === '57014'

/** The plan of a statement run in a transaction that is rolled back, read-only unless told, with a time limit. */
async function explain(
  session: Session,
  statement: Statement,
  { limitMs = 30_000, writes = false, timing = false }: Measure,
): Promise<Plan> {
  const measured = `analyze, buffers, timing ${timing ? 'on' : 'off'}`
  await session.query(writes ? 'begin' : 'begin read only')
  try {
    await session.query(`set local statement_timeout = ${Math.trunc(limitMs)}`)
    return await planOf(session, statement, measured)
  } finally {
    await session.query('rollback')
  }
}

/** The plan that the planner would choose; nothing is run. */
async function explainUnrun(session: Session, statement: Statement): Promise<Plan> {
  await session.query('begin read only')
  try {
    return await planOf(session, statement, 'summary')
  } finally {
    await session.query('rollback')
  }
}

/** The plan of a statement in the session's transaction, with options as in `EXPLAIN (analyze, buffers)`. */
export async function planOf(session: Session, statement: Statement, options: string): Promise<Plan> {
  const [row] = await session.query<ExplainRow>(
    `explain (${options}, format json) ${statement.text}`,
    statement.args,
  )
  return readPlan(row, statement)
}

/** The one row of `EXPLAIN (FORMAT JSON, SUMMARY)`. */
export type ExplainRow = {
  'QUERY PLAN': [{ Plan: PlanNode; 'Execution Time'?: number; 'Planning Time': number }]
}

/** What EXPLAIN answered of a statement. */
export function readPlan(row: ExplainRow | undefined, statement: Statement): Plan {
  const report = row?.['QUERY PLAN'][0]
  if (!report) throw new Error('EXPLAIN returned nothing.')
  // A branch that the executor never entered cost nothing.
  const nodes = [...walkPlan(report.Plan)].filter((node) => node['Actual Loops'] !== 0)
  return {
    statement,
    executionMs: report['Execution Time'] ?? null,
    planningMs: report['Planning Time'],
    buffers: buffersOf(report.Plan),
    indexes: [...new Set(nodes.flatMap((node) => node['Index Name'] ?? []))],
    scanned: [
      ...new Set(nodes.flatMap((node) => (node['Node Type'] === 'Seq Scan' && node['Relation Name']) || [])),
    ],
    tree: report.Plan,
  }
}

/** The plans of all that `work` sends but transaction control, on a connection of their own. */
export async function explainWork(url: string, work: (db: Database) => Promise<unknown>): Promise<Plan[]> {
  const statements = await captureStatements(url, work)
  return withSession(url, async (session) => {
    const plans: Plan[] = []
    for (const statement of statements) {
      if (CONTROLS_TRANSACTION.test(statement.text)) continue
      const writes = /\b(insert|update|delete|for (no key )?update|pg_notify)\b/i.test(statement.text)
      plans.push(await explain(session, statement, { writes }))
    }
    return plans
  })
}

/**
 * The plans of the reads that `work` sends, each node clocked. Everything happens in read-only transactions that are
 * rolled back, so that work that writes throws PostgreSQL's error. A statement that takes longer than `limitMs` has the
 * plan it would have had, unmeasured, and is the last one.
 */
export async function explainReads(
  url: string,
  work: (db: Db) => Promise<unknown>,
  { limitMs }: { limitMs: number },
): Promise<Plan[]> {
  const { statements, cutShort } = await captureReads(url, work, limitMs)
  const reads = statements.filter(({ text }) => !CONTROLS_TRANSACTION.test(text))
  return withSession(url, async (session) => {
    const plans: Plan[] = []
    for (const [index, statement] of reads.entries()) {
      const tooSlow = cutShort && index === reads.length - 1
      plans.push(
        tooSlow
          ? await explainUnrun(session, statement)
          : await explain(session, statement, { limitMs, timing: true }).catch((error) => {
              if (!exceededLimit(error)) throw error
              return explainUnrun(session, statement)
            }),
      )
    }
    return plans
  })
}

async function withSession<T>(url: string, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await openSession(url)
  try {
    return await work(session)
  } finally {
    await session.close()
  }
}

/** 8 kB pages that a node and those below it touched, cached or not. */
export const buffersOf = (node: PlanNode): number =>
  (node['Shared Hit Blocks'] ?? 0) + (node['Shared Read Blocks'] ?? 0)

/** A node and all below it, as they are printed. */
export function* walkPlan(node: PlanNode): Generator<PlanNode> {
  yield node
  for (const child of node.Plans ?? []) yield* walkPlan(child)
}
