import { sql } from 'drizzle-orm'
import { type Fields, pick, sameValue } from '@/domain/record'
import type { Db } from '../client'
import { type Edit, type Given, NO_OVERRIDE, readLive, recordName } from '../records/edits'
import type { RecordKey } from '../records/kind'
import type { Wish } from './publication'

/** The fields of a dish that one restaurant can have otherwise than the chain. */
const OVERRIDABLE = ['price', 'isAvailable'] as const

const toWish = ({ subject, key, base, patch }: Edit): Wish => ({ subject, key, base, patch })

/**
 * All edits as they are; and what the change set gave some restaurants of their own before, and still is as it gave it,
 * becomes the chain's again.
 */
export async function wishesForAll(tx: Db, edits: readonly Edit[]): Promise<Wish[]> {
  const keys = edits.flatMap((edit) => overridesOf(edit, Object.keys(edit.given).map(Number)))
  const overrides = await lockAll(tx, edits, keys)
  const wishes = new Wishes(edits)
  for (const edit of edits) {
    for (const [restaurantId, given] of Object.entries(edit.given)) {
      const key = { id: edit.key.id, restaurantId: Number(restaurantId) }
      const now = overrides(key)
      const fields = Object.keys(given).filter(
        (field) => now[field] !== null && sameValue(now[field], given[field]),
      )
      wishes.addOverride(key, now, Object.fromEntries(fields.map((field) => [field, null])))
    }
  }
  return wishes.all
}

/** What becomes of an edit after it was published for some restaurants. Null: it is done. */
export type Left = { id: number; rest: { base: Fields; patch: Fields; given: Given } | null }

/**
 * What some restaurants can have of their own: price and availability as overrides, where they have none or this change
 * set gave it to them; overrides that the change set has for them; new dishes, off the menu everywhere else, with the
 * categories and recipes that those need. And what is left of each edit for the others.
 */
export async function wishesForSome(
  tx: Db,
  edits: readonly Edit[],
  restaurantIds: readonly number[],
): Promise<{ wishes: Wish[]; left: Left[] }> {
  const dishes = edits.filter(isDish)
  const whole = edits.filter(
    (edit) => isNeededBy(dishes, edit) || isOverrideOf(restaurantIds, edit) || (isDish(edit) && isNew(edit)),
  )
  const opened = await openedFor(tx, dishes, edits)
  const keys = dishes.flatMap((edit) => overridesOf(edit, restaurantIds))
  const overrides = await lockAll(tx, [...whole, ...opened], keys)
  const wishes = new Wishes([
    ...whole.map((edit) => (isDish(edit) ? offMenu(edit) : edit)),
    ...opened.map(onlyOpen),
  ])
  const left: Left[] = [
    ...whole.filter((edit) => !isDish(edit)).map(({ id }) => ({ id, rest: null })),
    ...opened.map((edit) => ({ id: edit.id, rest: withoutOpening(edit) })),
  ]
  for (const edit of dishes) {
    const offered = isNew(edit) ? pick(edit.patch, ['isAvailable']) : pickOverridable(edit.patch)
    if (Object.keys(offered).length === 0) continue
    const given: Given = { ...edit.given }
    for (const key of overridesOf(edit, restaurantIds)) {
      const now = overrides(key)
      const before = edit.given[key.restaurantId ?? 0] ?? {}
      const free = Object.keys(offered).filter(
        (field) => now[field] === null || sameValue(now[field], before[field]),
      )
      const added = wishes.addOverride(key, now, pick(offered, free))
      given[key.restaurantId ?? 0] = { ...before, ...added }
    }
    left.push({ id: edit.id, rest: restOf(edit, given) })
  }
  return { wishes: wishes.all, left }
}

/** A new dish that is to be off the menu is off it now. */
function restOf(edit: Edit, given: Given): Left['rest'] {
  if (!isNew(edit)) return { base: edit.base ?? {}, patch: edit.patch, given }
  return edit.patch.isAvailable ? { base: { isAvailable: false }, patch: { isAvailable: true }, given } : null
}

const isNew = ({ base }: Edit) => base === null
const isDish = ({ subject }: Edit) => subject === 'menu_item'

const isOverrideOf = (restaurantIds: readonly number[], { subject, key }: Edit) =>
  subject === 'menu_override' && restaurantIds.includes(key.restaurantId ?? 0)

/** Whether a new category or recipe is one that a new dish can't do without. */
const isNeededBy = (dishes: readonly Edit[], edit: Edit) =>
  isNew(edit) &&
  dishes.some(
    (dish) =>
      isNew(dish) &&
      ((edit.subject === 'category' && dish.patch.categoryId === edit.key.id) ||
        (edit.subject === 'recipe' && dish.patch.recipeId === edit.key.id)),
  )

/**
 * Edits that put a category on the menu again which these dishes stand in, and nothing that is on the chain's menu: as
 * it is once a publication for some restaurants was undone. No other restaurant's guests see more by that.
 */
async function openedFor(tx: Db, dishes: readonly Edit[], edits: readonly Edit[]): Promise<Edit[]> {
  const opening = edits.filter(
    (edit) => edit.subject === 'category' && !isNew(edit) && edit.patch.isActive === true,
  )
  if (opening.length === 0) return []
  const offered = dishes.filter(({ patch }) => patch.isAvailable === true).map(({ key }) => key.id)
  const rows = await tx.execute<{ id: number }>(sql`
    select distinct m.category_id as id from menu_items m
    where m.id = any(${sql.param(offered)}::int[])
      and not exists (select from menu_items o where o.category_id = m.category_id and o.is_available)`)
  return opening.filter(({ key }) => rows.some(({ id }) => id === key.id))
}

const onlyOpen = (edit: Edit): Edit => ({
  ...edit,
  base: pick(edit.base ?? {}, ['isActive']),
  patch: { isActive: true },
})

function withoutOpening({ base, patch, given }: Edit): Left['rest'] {
  const fields = Object.keys(patch).filter((field) => field !== 'isActive')
  return fields.length > 0 ? { base: pick(base ?? {}, fields), patch: pick(patch, fields), given } : null
}

const offMenu = (edit: Edit): Edit => ({ ...edit, patch: { ...edit.patch, isAvailable: false } })

const pickOverridable = (patch: Fields): Fields =>
  pick(
    patch,
    OVERRIDABLE.filter((field) => field in patch),
  )

const overridesOf = ({ key }: Edit, restaurantIds: readonly number[]): RecordKey[] =>
  restaurantIds.map((restaurantId) => ({ id: key.id, restaurantId }))

/**
 * Locks whatever the wishes can touch before anything is decided by what it says: in the one order, so that two who
 * publish never wait for each other in a ring. Returns how a restaurant's override is now.
 */
async function lockAll(tx: Db, edits: readonly Edit[], overrideKeys: readonly RecordKey[]) {
  const overrides = overrideKeys.map((key) => ({ subject: 'menu_override' as const, key }))
  const live = await readLive(tx, [...edits, ...overrides], true)
  return (key: RecordKey): Fields => live.get(recordName({ subject: 'menu_override', key })) ?? NO_OVERRIDE
}

/** Wishes of which each override has one, whatever asked for it. */
class Wishes {
  private readonly byName: Map<string, Wish>

  constructor(edits: readonly Edit[]) {
    this.byName = new Map(edits.map((edit) => [recordName(edit), toWish(edit)]))
  }

  get all(): Wish[] {
    return [...this.byName.values()]
  }

  /** What the change set says of the override itself goes before. Returns what was added to it. */
  addOverride(key: RecordKey, now: Fields, patch: Fields): Fields {
    const wish = { subject: 'menu_override' as const, key }
    const own = this.byName.get(recordName(wish))
    const fields = Object.keys(patch).filter((field) => !(own && field in own.patch))
    if (fields.length === 0) return {}
    const base = { ...pick(now, fields), ...own?.base }
    const added = pick(patch, fields)
    this.byName.set(recordName(wish), { ...wish, base, patch: { ...added, ...own?.patch } })
    return added
  }
}
