import { sql } from 'drizzle-orm'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'

export type Publication = {
  id: number
  name: string
  changeSetId: number | null
  /** Whether it took another one back. */
  isUndo: boolean
  /** Whether another one took it back. */
  isUndone: boolean
  /** Null: the whole chain. */
  restaurantIds: number[] | null
  /** Null when the system did it. */
  by: string | null
  /** Milliseconds since 1970. */
  at: number
  /** Records that it changed. */
  changes: number
}

/** What went live in one go, newest first; of one change set, or all. `before`: those older than that one. */
export async function listPublications(
  db: Db,
  _scope: ChainScope<'menu:edit'>,
  { changeSetId, before, limit }: { changeSetId: number | null; before: number | null; limit: number },
): Promise<Publication[]> {
  return db.execute<Publication>(sql`
    select p.id, p.name, p.change_set_id as "changeSetId", p.undoes is not null as "isUndo",
      exists (select from publications u where u.undoes = p.id) as "isUndone",
      p.restaurant_ids as "restaurantIds", u.name as by, (extract(epoch from p.created_at) * 1000)::float8 as at,
      (select count(*)::int from audit_log a where a.publication_id = p.id) as changes
    from publications p left join users u on u.id = p.published_by
    where ${before === null ? sql`true` : sql`p.id < ${before}`}
      and ${changeSetId === null ? sql`true` : sql`p.change_set_id = ${changeSetId}`}
    order by p.id desc limit ${limit}`)
}
