import { sql } from 'drizzle-orm'
import type { BulkField } from '@/domain/bulk-change'
import { MENU_TAG } from '@/domain/cache-tags'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'
import { refusedByConstraint } from './records'

type Value = number | boolean

/** A dish, what its field was when the person saw it, and what it shall be. */
export type BulkRow = { id: number; was: Value; to: Value }

/** A dish that somebody else changed since: left as it is. */
export type BulkRefusal = { id: number; name: string; now: Value }

export type BulkAnswer =
  /** `publicationId` takes it back in one go, see `undoPublication`. */
  | { ok: true; publicationId: number; changed: number; refused: BulkRefusal[] }
  | { ok: false; reason: 'nothing_changed'; refused: BulkRefusal[] }
  | { ok: false; reason: 'unknown_reference' }

/**
 * Changes one field of many dishes in one statement, which also writes a line of the audit for each, records them as one
 * publication, and tells caches and screens. A dish whose field is not what the person saw stays as it is and is named.
 */
export async function changeMenuItems(
  db: Db,
  scope: ChainScope<'menu:edit'>,
  { name, field, rows }: { name: string; field: BulkField; rows: readonly BulkRow[] },
): Promise<BulkAnswer> {
  const column = sql.raw(COLUMNS[field].name)
  const type = sql.raw(COLUMNS[field].type)
  const { userId } = scope.actor
  const answer = await refusedByConstraint(async () => {
    const [done] = await db.execute<{
      publicationId: number | null
      changed: number
      refused: BulkRefusal[]
    }>(sql`
      with asked as (
        select * from json_to_recordset(${JSON.stringify(rows)}::text::json) as g (id int, was ${type}, "to" ${type})
      ), locked as materialized (
        -- In the order in which all who change dishes lock them; each as it is once the others are done.
        select m.id, m.name, m.${column} as now, g.was, g."to" from menu_items m join asked g on g.id = m.id
        order by m.id for no key update of m
      ), changed as (
        update menu_items m set ${column} = l."to" from locked l
        where m.id = l.id and l.now = l.was and l.was <> l."to"
        returning m.id, l.was, l."to"
      ), publication as (
        insert into publications (name, published_by)
        select ${name}, ${userId}::int where exists (select from changed)
        returning id
      ), audited as (
        insert into audit_log (user_id, action, subject, subject_id, before, after, publication_id)
        select ${userId}::int, 'menu_item.changed', 'menu_item', c.id::text, jsonb_build_object(${field}::text, c.was),
          jsonb_build_object(${field}::text, c."to"), p.id
        from changed c cross join publication p order by c.id
      ), stale as (
        insert into cache_invalidations (tag) select ${MENU_TAG} from publication returning tag
      ), told as materialized (
        select pg_notify('cache', tag) from stale
      )
      select (select id from publication) as "publicationId", (select count(*)::int from changed) as changed,
        (
          select coalesce(json_agg(json_build_object('id', id, 'name', name, 'now', now) order by name, id), '[]')
          from locked where now <> was and now <> "to"
        ) as refused, (select count(*)::int from told) as told`)
    return { ok: true as const, done }
  })
  if (!answer.ok) return { ok: false, reason: 'unknown_reference' }
  if (!answer.done) throw new Error('A select without FROM returned no row.')
  const { publicationId, changed, refused } = answer.done
  return publicationId === null
    ? { ok: false, reason: 'nothing_changed', refused }
    : { ok: true, publicationId, changed, refused }
}

const COLUMNS: Record<BulkField, { name: string; type: string }> = {
  price: { name: 'price', type: 'int' },
  categoryId: { name: 'category_id', type: 'int' },
  isAvailable: { name: 'is_available', type: 'boolean' },
}
