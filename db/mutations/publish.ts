import { sql } from 'drizzle-orm'
import type { MenuItem, MenuOverride } from '@/domain/menu-item'
import { DRAFT_SUBJECTS, type DraftSubject, type Fields } from '@/domain/record'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'
import { keyText, type RecordKey } from '../records/kind'
import { RECORDS } from '../records/kinds'
import { recordAudit } from './audit'
import { lockOpenSet } from './drafts'
import { type Published, publishWishes, type Unpublishable, type Wish } from './publication'
import { refusedByConstraint } from './records'
import { transact } from './transact'

export type Edit = {
  id: number
  subject: DraftSubject
  key: RecordKey
  base: Fields | null
  patch: Fields
  publishedFor: number[]
}

export type PublishAnswer =
  | Published
  | Unpublishable
  | { ok: false; reason: 'set_closed' }
  | { ok: false; reason: 'name_taken' | 'unknown_reference' | 'unit_in_use'; field: string }

/**
 * Publishes an open change set, all in one transaction. For the whole chain (`restaurantIds` null) the set is done
 * then. For some restaurants, what they can have of their own (price, availability, new dishes with what those need)
 * goes live there as overrides; the rest stays in the set, which stays open.
 */
export function publishChangeSet(
  db: Db,
  scope: ChainScope<'menu:edit'>,
  { changeSetId, restaurantIds }: { changeSetId: number; restaurantIds: readonly number[] | null },
): Promise<PublishAnswer> {
  const { userId } = scope.actor
  return refusedByConstraint(() =>
    transact<PublishAnswer>(db, async (tx, refuse) => {
      const set = await lockOpenSet(tx, changeSetId)
      if (!set) return { ok: false, reason: 'set_closed' }
      const edits = await listEdits(tx, changeSetId)
      const { wishes, after } = restaurantIds
        ? await wishesFor(tx, edits, restaurantIds)
        : { wishes: await wishesForAll(tx, edits), after: null }
      const head = { name: set.name, changeSetId, undoes: null, restaurantIds, userId }
      const published = await publishWishes(tx, head, wishes)
      if (!published.ok) throw refuse(published)
      const { publicationId } = published
      if (after) await keepTheRest(tx, changeSetId, after)
      await closeIfDone(tx, changeSetId, after === null)
      const told = { publicationId, restaurantIds }
      await recordAudit(tx, {
        userId,
        restaurantId: null,
        action: 'change_set.published',
        subject: 'change_set',
        subjectId: String(changeSetId),
        after: told,
      })
      return published
    }),
  )
}

/** The edits of a change set, in the order in which they are made. */
export async function listEdits(db: Db, changeSetId: number): Promise<Edit[]> {
  const edits = await db.execute<Omit<Edit, 'key'> & RecordKey & { subjectId: number }>(sql`
    select id, subject, subject_id as "subjectId", restaurant_id as "restaurantId", base, patch,
      published_for as "publishedFor"
    from change_set_edits where change_set_id = ${changeSetId}
    order by array_position(${sql.param([...DRAFT_SUBJECTS])}::text[], subject), subject_id, restaurant_id`)
  return edits.map(({ subjectId, restaurantId, ...edit }) => ({
    ...edit,
    key: { id: subjectId, restaurantId },
  }))
}

const toWish = ({ subject, key, base, patch }: Edit): Wish => ({ subject, key, base, patch })

/**
 * All edits as they are; and where a dish was published for some restaurants before, their overrides that now say the
 * same as the chain are taken back.
 */
export async function wishesForAll(tx: Db, edits: readonly Edit[]): Promise<Wish[]> {
  const before = edits.filter(
    ({ subject, publishedFor }) => subject === 'menu_item' && publishedFor.length > 0,
  )
  const overrides = await RECORDS.menu_override.read(tx, before.flatMap(overrideKeys), true)
  const own = new Set(
    edits.filter(({ subject }) => subject === 'menu_override').map(({ key }) => keyText(key)),
  )
  const undone = before.flatMap((edit) =>
    overrideKeys(edit).flatMap((key): Wish[] => {
      const now = overrides.get(keyText(key))
      if (!now || own.has(keyText(key))) return []
      const same = OVERRIDABLE.filter((field) => now[field] !== null && now[field] === edit.patch[field])
      return [
        { subject: 'menu_override', key, base: now, patch: Object.fromEntries(same.map((f) => [f, null])) },
      ]
    }),
  )
  return [...edits.map(toWish), ...undone]
}

const overrideKeys = ({ key, publishedFor }: Edit): RecordKey[] =>
  publishedFor.map((restaurantId) => ({ id: key.id, restaurantId }))

/** The fields of a dish that one restaurant can have otherwise than the chain. */
const OVERRIDABLE = ['price', 'isAvailable'] as const

/** What becomes of an edit after it was published for some restaurants. Null: it is done. */
type Left = { id: number; rest: { base: Fields; patch: Fields; publishedFor: number[] } | null }

async function wishesFor(
  tx: Db,
  edits: readonly Edit[],
  restaurantIds: readonly number[],
): Promise<{ wishes: Wish[]; after: Left[] }> {
  const dishes = edits.filter(({ subject }) => subject === 'menu_item')
  const newDishes = dishes.filter(({ base }) => base === null)
  const needed = new Set(
    newDishes.flatMap(({ patch }) => [`category ${patch.categoryId}`, `recipe ${patch.recipeId}`]),
  )
  const isNeeded = ({ subject, key, base }: Edit) => base === null && needed.has(`${subject} ${key.id}`)
  const isTheirs = ({ subject, key }: Edit) =>
    subject === 'menu_override' && restaurantIds.includes(key.restaurantId ?? 0)
  const whole = edits.filter((edit) => isNeeded(edit) || isTheirs(edit))
  const overridden = new Set(whole.map(({ key }) => keyText(key)))

  const keys = dishes.flatMap(({ key }) =>
    restaurantIds.map((restaurantId) => ({ id: key.id, restaurantId })),
  )
  const overrides = await RECORDS.menu_override.read(tx, keys, true)
  const wishes: Wish[] = whole.map(toWish)
  const after: Left[] = whole.map(({ id }) => ({ id, rest: null }))
  for (const edit of dishes) {
    const item = edit.patch as MenuItem
    const isNew = edit.base === null
    if (isNew) wishes.push({ ...toWish(edit), patch: { ...item, isAvailable: false } })
    const offered: Fields = isNew ? { isAvailable: item.isAvailable } : edit.patch
    const fields = OVERRIDABLE.filter((field) => field in offered)
    for (const restaurantId of restaurantIds) {
      const key = { id: edit.key.id, restaurantId }
      const now: MenuOverride = overrides.get(keyText(key)) ?? { price: null, isAvailable: null }
      // What a restaurant has of its own stays, unless it came from this set.
      const free = fields.filter((field) => now[field] === null || edit.publishedFor.includes(restaurantId))
      const patch = Object.fromEntries(free.map((field) => [field, offered[field]]))
      if (free.length > 0 && !overridden.has(keyText(key)))
        wishes.push({ subject: 'menu_override', key, base: now, patch })
    }
    const publishedFor = [...new Set([...edit.publishedFor, ...restaurantIds])].sort((a, b) => a - b)
    if (!isNew) after.push({ id: edit.id, rest: { base: edit.base ?? {}, patch: edit.patch, publishedFor } })
    else {
      const rest = { base: { isAvailable: false }, patch: { isAvailable: item.isAvailable }, publishedFor }
      after.push({ id: edit.id, rest: item.isAvailable ? rest : null })
    }
  }
  return { wishes, after }
}

async function keepTheRest(tx: Db, changeSetId: number, left: readonly Left[]): Promise<void> {
  const done = left.filter(({ rest }) => rest === null).map(({ id }) => id)
  await tx.execute(sql`
    delete from change_set_edits where change_set_id = ${changeSetId} and id = any(${sql.param(done)}::int[])`)
  const rest = left.flatMap(({ id, rest }) => (rest ? [{ id, ...rest }] : []))
  await tx.execute(sql`
    update change_set_edits e set is_new = false, base = g.base, patch = g.patch,
      published_for = array(select jsonb_array_elements_text(g."publishedFor")::int)
    from jsonb_to_recordset(${JSON.stringify(rest)}::text::jsonb)
      as g (id int, base jsonb, patch jsonb, "publishedFor" jsonb)
    where e.id = g.id`)
}

async function closeIfDone(tx: Db, changeSetId: number, isWhole: boolean): Promise<void> {
  await tx.execute(sql`
    update change_sets s set state = 'published', closed_at = now()
    where id = ${changeSetId}
      and (${isWhole} or not exists (select from change_set_edits e where e.change_set_id = s.id))`)
}
