import { sql } from 'drizzle-orm'
import type { SystemScope } from '@/domain/scope'
import type { Db } from '../client'

/**
 * Which of some photos are of use: those of dishes, of open change sets, and all that an undo may bring back, which is
 * whatever the audit knows. Reads the whole audit of dishes: for housekeeping, not for pages.
 */
export async function listKeptPhotos(
  db: Db,
  _scope: SystemScope,
  { photos }: { photos: readonly string[] },
): Promise<string[]> {
  const asked = sql`any(${sql.param([...photos])}::text[])`
  const rows = await db.execute<{ photo: string }>(sql`
    select photo from menu_items where photo = ${asked}
    union
    select photo from change_set_edits e
    join change_sets s on s.id = e.change_set_id and s.state = 'open'
    cross join lateral (values (e.patch->>'photo'), (e.base->>'photo')) as of_edit (photo)
    where e.subject = 'menu_item' and photo = ${asked}
    union
    select photo from audit_log a cross join lateral (values (a.after->>'photo'), (a.before->>'photo')) as of_line (photo)
    where a.subject = 'menu_item' and photo = ${asked}`)
  return rows.map(({ photo }) => photo)
}
