import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openSession, type Session } from '@/db/client'

/** Takes one line for people: a step and how long it took. */
export type Report = (line: string) => void

export type Step = { title: string; run: (session: Session) => Promise<unknown> }

export type SeedOptions = {
  /** The moment that the data ends at. */
  now: Date
  /** Share of the volume set. */
  scale: number
  report: Report
  /** Skips foreign keys and constraint triggers where the server lets us: for data that a test has proved to hold. */
  trusted: boolean
}

const SEED_FOLDER = dirname(fileURLToPath(import.meta.url))

/** A step that runs a file of SQL beside this one. */
export const sqlStep = (title: string, file: string): Step => ({
  title,
  run: async (session) => session.query(await readFile(join(SEED_FOLDER, file), 'utf8')),
})

/**
 * Loads a seed into an empty database in one transaction, so that being killed half-way leaves nothing behind.
 * Returns false, having changed nothing, when there are restaurants already.
 */
export async function loadSeed(url: string, steps: readonly Step[], options: SeedOptions): Promise<boolean> {
  const session = await openSession(url, { applicationName: 'brigade-seed' })
  try {
    await session.query('begin')
    // Two loaders at once: the second waits here, then finds restaurants.
    await session.query(`select pg_advisory_xact_lock(hashtext('brigade seed'))`)
    const [found] = await session.query('select from restaurants limit 1')
    if (found) return false
    await prepare(session, options)
    for (const step of steps) await timed(step.title, options.report, () => step.run(session))
    await session.query('commit')
    await timed('vacuum', options.report, () => vacuum(session))
    return true
  } finally {
    await session.close()
  }
}

async function prepare(session: Session, { now, scale, trusted }: SeedOptions): Promise<void> {
  // Limits that suit a web request would end a long statement here.
  await session.query(`set local statement_timeout = 0; set local lock_timeout = 0;
    set local idle_in_transaction_session_timeout = 0; set local work_mem = '128MB'; set local jit = off`)
  if (trusted) {
    const [row] = await session.query<{ may: boolean }>(
      `select has_parameter_privilege('session_replication_role', 'set') as may`,
    )
    if (row?.may) await session.query('set local session_replication_role = replica')
  }
  await session.query(`select set_config('seed.now', $1, false), set_config('seed.scale', $2, false)`, [
    now.toISOString(),
    String(scale),
  ])
  await sqlStep('functions', 'functions.sql').run(session)
}

/** Fresh rows are invisible to index-only scans and unknown to the planner until then. */
async function vacuum(session: Session): Promise<void> {
  const tables = await session.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables
     where schemaname = current_schema() and pg_has_role(tableowner, 'usage')`,
  )
  await session.query(`vacuum (analyze) ${tables.map(({ name }) => name).join(', ')}`)
}

async function timed(title: string, report: Report, work: () => Promise<unknown>): Promise<void> {
  const started = performance.now()
  await work()
  report(`${title.padEnd(14)}${((performance.now() - started) / 1000).toFixed(1)} s`)
}
