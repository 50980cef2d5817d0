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
  const keys = dishes.flatMap((edit) => overridesOf(edit, restaurantIds))
  const overrides = await lockAll(tx, whole, keys)
  const wishes = new Wishes(whole.map((edit) => (isDish(edit) ? offMenu(edit) : edit)))
  const left: Left[] = whole.filter((edit) => !isDish(edit)).map(({ id }) => ({ id, rest: null }))
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
