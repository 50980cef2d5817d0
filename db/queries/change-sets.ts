import { sql } from 'drizzle-orm'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'

type Scope = ChainScope<'menu:edit'>

/** A change set that is open, and how many things it changes. */
export type OpenChangeSet = { id: number; name: string; edits: number }

/** An open change set by its number; null where there is none or it was published or discarded. */
export async function findOpenChangeSet(db: Db, _scope: Scope, id: number): Promise<OpenChangeSet | null> {
  const [found] = await db.execute<OpenChangeSet>(sql`
    select s.id, s.name, (select count(*)::int from change_set_edits e where e.change_set_id = s.id) as edits
    from change_sets s where s.id = ${id} and s.state = 'open'`)
  return found ?? null
}
