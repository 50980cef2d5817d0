import { sql } from 'drizzle-orm'
import type { SystemScope } from '@/domain/scope'
import type { Db } from '../client'

/** Autovacuum looks once a tenth of a table changed: after a day was rolled up or purged that may be tomorrow. */
const CHANGED_SHARE = 0.05
const CHANGED_ROWS = 1000

/**
 * Has the planner look anew at each table of which more than a twentieth changed since it last did. Returns their names.
 * Tables that the role does not own are left to autovacuum.
 */
export async function analyzeChanged(db: Db, _scope: SystemScope): Promise<string[]> {
  const tables = await db.execute<{ name: string }>(sql`
    select c.relname as name
    from pg_stat_user_tables s join pg_class c on c.oid = s.relid
    where s.schemaname = 'public' and pg_has_role(c.relowner, 'usage')
      and s.n_mod_since_analyze > ${CHANGED_ROWS}::int + ${CHANGED_SHARE}::float8 * greatest(c.reltuples, 0)
    order by c.relname`)
  for (const { name } of tables) await db.execute(sql`analyze ${sql.identifier(name)}`)
  return tables.map(({ name }) => name)
}
