import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import type { OperatorScope } from '@/domain/scope'

const LISTED = 50

/** Connections of one name, such as "brigade", by what they do; `hidden` are those that this role may not look into. */
export type ConnectionGroup = {
  name: string
  active: number
  idle: number
  idleInTransaction: number
  hidden: number
  total: number
}

/** The client connections to this database by what they call themselves, most numerous first. */
export async function listConnections(db: Db, _scope: OperatorScope): Promise<ConnectionGroup[]> {
  const groups = await db.execute<ConnectionGroup>(sql`
    select application_name as name,
      count(*) filter (where state in ('active', 'fastpath function call'))::int as active,
      count(*) filter (where state = 'idle')::int as idle,
      count(*) filter (where state ^@ 'idle in transaction')::int as "idleInTransaction",
      count(*) filter (where state is null)::int as hidden,
      count(*)::int as total
    from pg_stat_activity
    where datname = current_database() and (backend_type = 'client backend' or backend_type is null)
    group by 1 order by total desc, name limit ${LISTED}`)
  return [...groups]
}
