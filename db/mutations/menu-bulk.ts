import { sql } from 'drizzle-orm'
import type { BulkField } from '@/domain/bulk-change'
import { MENU_TAG } from '@/domain/cache-tags'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'
import { lockOpenSet } from './drafts'
import { rememberWrite } from './invalidate'
import { refusedByConstraint } from './records'

type Value = number | boolean

/** A dish, what its field was when the person saw it, and what it shall be. */
export type BulkRow = { id: number; was: Value; to: Value }

/** A dish that somebody else changed since: left as it is. */
type BulkRefusal = { id: number; name: string; now: Value }

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
      staleId: number | null
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
        insert into cache_invalidations (tag) select ${MENU_TAG} from publication returning id, tag
      ), told as materialized (
        select pg_notify('cache', tag), id from stale
      )
      select (select id from publication) as "publicationId", (select count(*)::int from changed) as changed,
        (
          select coalesce(json_agg(json_build_object('id', id, 'name', name, 'now', now) order by name, id), '[]')
          from locked where now <> was and now <> "to"
        ) as refused, (select max(id)::float8 from told) as "staleId"`)
    return { ok: true as const, done }
  })
  if (!answer.ok) return { ok: false, reason: 'unknown_reference' }
  if (!answer.done) throw new Error('A select without FROM returned no row.')
  const { publicationId, changed, refused, staleId } = answer.done
  if (staleId !== null) rememberWrite(staleId, [MENU_TAG])
  return publicationId === null
    ? { ok: false, reason: 'nothing_changed', refused }
    : { ok: true, publicationId, changed, refused }
}

const COLUMNS: Record<BulkField, { name: string; type: string }> = {
  price: { name: 'price', type: 'int' },
  categoryId: { name: 'category_id', type: 'int' },
  isAvailable: { name: 'is_available', type: 'boolean' },
}

export type DraftedBulk =
  | { ok: true; changed: number; refused: BulkRefusal[] }
  | { ok: false; reason: 'nothing_changed'; refused: BulkRefusal[] }
  | { ok: false; reason: 'set_closed' }

/**
 * Keeps a change of one field of many dishes in an open change set. What a person saw of a dish is how the change set
 * makes it; one that it makes otherwise by now stays as it is and is named.
 */
export function draftMenuItems(
  db: Db,
  scope: ChainScope<'menu:edit'>,
  { changeSetId, field, rows }: { changeSetId: number; field: BulkField; rows: readonly BulkRow[] },
): Promise<DraftedBulk> {
  const column = sql.raw(COLUMNS[field].name)
  return db.transaction(async (tx): Promise<DraftedBulk> => {
    if (!(await lockOpenSet(tx, changeSetId))) return { ok: false, reason: 'set_closed' }
    const [done] = await tx.execute<{ changed: number; refused: BulkRefusal[] }>(sql`
      with asked as (
        select * from json_to_recordset(${JSON.stringify(rows)}::text::json) as g (id int, was jsonb, "to" jsonb)
      ), shown as (
        select m.id, m.name, g.was, g."to", to_jsonb(m.${column}) as live,
          coalesce(e.patch -> ${field}::text, to_jsonb(m.${column})) as now
        from asked g join menu_items m on m.id = g.id
        left join change_set_edits e on e.change_set_id = ${changeSetId} and e.subject = 'menu_item'
          and e.subject_id = g.id and e.restaurant_id is null
      ), kept as (
        insert into change_set_edits as e (change_set_id, subject, subject_id, base, patch, updated_by)
        select ${changeSetId}::int, 'menu_item', id, jsonb_build_object(${field}::text, live),
          jsonb_build_object(${field}::text, "to"), ${scope.actor.userId}::int
        from shown where now = was and was <> "to"
        on conflict on constraint change_set_edits_thing do update set base = excluded.base || e.base,
          patch = e.patch || excluded.patch, updated_by = excluded.updated_by, updated_at = now()
        returning 1
      )
      select (select count(*)::int from kept) as changed, (
        select coalesce(json_agg(json_build_object('id', id, 'name', name, 'now', now) order by name, id), '[]')
        from shown where now <> was and now <> "to"
      ) as refused`)
    if (!done) throw new Error('A select without FROM returned no row.')
    await tx.execute(sql`
      update change_set_edits set patch = patch - ${field}::text, base = base - ${field}::text
      where change_set_id = ${changeSetId} and subject = 'menu_item' and not is_new
        and patch -> ${field}::text = base -> ${field}::text`)
    await tx.execute(sql`delete from change_set_edits where change_set_id = ${changeSetId} and patch = '{}'`)
    return done.changed > 0
      ? { ok: true, ...done }
      : { ok: false, reason: 'nothing_changed', refused: done.refused }
  })
}
