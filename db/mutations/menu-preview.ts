import type { ChainScope, RestaurantScope } from '@/domain/scope'
import type { Db } from '../client'
import { type GuestMenuSection, getGuestMenu } from '../queries/guest-menu'
import { listEdits } from '../records/edits'
import { publishWishes } from './publication'
import { wishesForAll } from './publish-wishes'
import { refusedByConstraint } from './records'
import { transact } from './transact'

/**
 * The guest menu of a restaurant as it would be with a change set published: it is published, read and rolled back, so
 * that the preview can't differ from the real thing. Conflicts are shown as the change set wants them. Null where the
 * data refuses the change set, which publishing will then explain.
 */
export async function previewGuestMenu(
  db: Db,
  scope: ChainScope<'menu:edit'>,
  restaurant: RestaurantScope,
  { changeSetId }: { changeSetId: number },
): Promise<GuestMenuSection[] | null> {
  const seen = await refusedByConstraint(() =>
    transact<{ ok: true; menu: GuestMenuSection[] } | { ok: false }>(db, async (tx, refuse) => {
      const wishes = await wishesForAll(tx, await listEdits(tx, changeSetId))
      const head = {
        name: 'Preview',
        changeSetId: null,
        undoes: null,
        restaurantIds: null,
        userId: scope.actor.userId,
      }
      const published = await publishWishes(tx, head, wishes, { settle: 'mine' })
      if (!published.ok && published.reason !== 'nothing_to_publish') throw refuse({ ok: false })
      throw refuse({ ok: true, menu: await getGuestMenu(tx, restaurant) })
    }),
  )
  return seen.ok ? seen.menu : null
}
