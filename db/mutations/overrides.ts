import type { MenuOverride } from '@/domain/menu-item'
import { type Fields, pick } from '@/domain/record'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'
import { keepDraft, lockOpenSet } from './drafts'
import { type Published, publishWishes, type Unpublishable } from './publication'
import { transact } from './transact'

/** What one restaurant had of its own when it was chosen. */
export type ShownOverride = { restaurantId: number; shown: MenuOverride }

export type OverridesInput = {
  menuItemId: number
  /** What it is called where it can be undone, such as `Price of Soup in 3 restaurants`. */
  name: string
  restaurants: readonly ShownOverride[]
  /** The fields that become the restaurants' own; null: the chain's again. */
  patch: Partial<MenuOverride>
}

/**
 * Gives some restaurants a price or an availability of their own, or the chain's again: at once, all in one publication
 * that can be undone. Where somebody changed one meanwhile nothing happens, and each is named.
 */
export function saveOverrides(
  db: Db,
  scope: ChainScope<'menu:edit'>,
  { menuItemId, name, restaurants, patch }: OverridesInput,
): Promise<Published | Unpublishable> {
  const head = { name, changeSetId: null, undoes: null, restaurantIds: null, userId: scope.actor.userId }
  const wishes = ours(scope, restaurants).map(({ restaurantId, shown }) => ({
    subject: 'menu_override' as const,
    key: { id: menuItemId, restaurantId },
    base: pick(shown as Fields, Object.keys(patch)),
    patch: { ...patch },
  }))
  return transact<Published | Unpublishable>(db, async (tx, refuse) => {
    const published = await publishWishes(tx, head, wishes)
    if (!published.ok) throw refuse(published)
    return published
  })
}

type Drafted = { ok: true } | { ok: false; reason: 'set_closed' | 'gone' | 'changed_meanwhile' }

/** The same in a change set: all of them or none. */
export function draftOverrides(
  db: Db,
  scope: ChainScope<'menu:edit'>,
  { changeSetId, menuItemId, restaurants, patch }: Omit<OverridesInput, 'name'> & { changeSetId: number },
): Promise<Drafted> {
  return transact<Drafted>(db, async (tx, refuse) => {
    if (!(await lockOpenSet(tx, changeSetId))) return { ok: false, reason: 'set_closed' }
    for (const { restaurantId, shown } of ours(scope, restaurants)) {
      const key = { id: menuItemId, restaurantId }
      const input = { changeSetId, key, base: shown, doc: { ...shown, ...patch } }
      const kept = await keepDraft(tx, scope, 'menu_override', input)
      if (!kept.ok) throw refuse({ ok: false, reason: kept.reason })
    }
    return { ok: true }
  })
}

const ours = ({ restaurantIds }: ChainScope, restaurants: readonly ShownOverride[]) =>
  restaurants.filter(({ restaurantId }) => restaurantIds.includes(restaurantId))
