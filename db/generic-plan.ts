import { sql } from 'drizzle-orm'
import { type Db, postgresCause } from './client'
import { type ExplainRow, type Plan, readPlan } from './explain'

/** The first release whose EXPLAIN knows `generic_plan`. */
const FIRST_VERSION = 160_000
/** What can be planned; all else (`create`, `vacuum`, `set`) has none. A comment before it says nothing. */
const PLANNED = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:with|select|insert|update|delete|merge|values)\b/i

/** What `pg_stat_statements` takes for values although no parameter may stand there. */
const NO_PARAMETERS: readonly [RegExp, string][] = [
  // Whatever it takes from an instant, the plan is the same.
  [/\bextract\s*\(\s*\$\d+\s+from\b/gi, 'extract(epoch from'],
  [/\b(interval|date|time|timestamp|timestamptz)\s+(\$\d+)/gi, '$2::$1'],
]

const parsable = (text: string): string =>
  NO_PARAMETERS.reduce((better, [pattern, replacement]) => better.replace(pattern, replacement), text)

/**
 * The plan that the server would use for any values, as `generic_plan` gives it; nothing is run. Reasons: `old_server`:
 * PostgreSQL 15 can't plan without values; `no_plan`: statements of this kind have none; `needs_values`: this one can't be
 * planned without them, and `words` is what the server says of it. Call it within `looker`, which limits its time.
 */
export async function genericPlan(
  tx: Db,
  text: string,
): Promise<
  | { ok: true; plan: Plan }
  | { ok: false; reason: 'old_server' }
  | { ok: false; reason: 'no_plan' }
  | { ok: false; reason: 'needs_values'; words: string }
> {
  // Without values it is sent as it is, and such a text could be several statements.
  if (!PLANNED.test(text) || /;\s*\S/.test(text)) return { ok: false, reason: 'no_plan' }
  const [server] = await tx.execute<{ version: number }>(
    sql`select current_setting('server_version_num')::int as version`,
  )
  if ((server?.version ?? 0) < FIRST_VERSION) return { ok: false, reason: 'old_server' }
  try {
    // In a savepoint: a statement that can't be planned must not end the transaction that asked.
    const [row] = await tx.transaction((inner) =>
      inner.execute<ExplainRow>(sql.raw(`explain (generic_plan, summary, format json) ${parsable(text)}`)),
    )
    return { ok: true, plan: readPlan(row, { text, args: [] }) }
  } catch (error) {
    // Syntax, types and names: what values, or the table of those days, would have settled.
    const code = postgresCause(error)?.code ?? ''
    if (!/^(22|42)/.test(code) || code === '42501') throw error
    return { ok: false, reason: 'needs_values', words: reasonOf(error) }
  }
}

function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: unknown }
  return cause instanceof Error ? cause.message : 'it says no more'
}
