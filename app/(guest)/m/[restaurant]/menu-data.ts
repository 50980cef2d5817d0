import { unstable_cache } from 'next/cache'
import { cache } from 'react'
import { database } from '@/app/_server/database'
import { expireTags } from '@/app/_server/expiries.mjs'
import { findGuestScope, findPresentSlug } from '@/db/queries/access'
import { type GuestMenuSection, getGuestMenu } from '@/db/queries/guest-menu'
import { MENU_TAG, menuTag } from '@/domain/cache-tags'
import type { GuestScope } from '@/domain/scope'

/** Mutations expire a menu at once; time alone ends an 86 "until closing", which nobody announces. */
const REVALIDATE_SECONDS = 60
const RETRY_AFTER_MS = 5000

/** The active restaurant of a slug, or null: asked once for the page and its title. */
export const guestScope = cache(
  (slug: string): Promise<GuestScope | null> =>
    keptMeanwhile(['guest scope', slug], [MENU_TAG], () => findGuestScope(database(), slug)),
)

/** The slug of the restaurant that gave this one up, or null. Printed codes keep the one that they were printed with. */
export const presentSlug = cache(
  (slug: string): Promise<string | null> =>
    keptMeanwhile(['present slug', slug], [MENU_TAG], () => findPresentSlug(database(), slug)),
)

/** What the guests of a restaurant can order, and since when it could not be asked for again; null: it is as it is now. */
export const guestMenu = async (
  scope: GuestScope,
): Promise<{ sections: GuestMenuSection[]; asOf: Date | null }> => {
  const { id } = scope.restaurant
  let isLate = false
  const { sections, at } = await keptMeanwhile(
    ['guest menu', String(id)],
    [MENU_TAG, menuTag(id)],
    async () => ({ sections: await getGuestMenu(database(), scope), at: Date.now() }),
    () => {
      isLate = true
    },
  )
  return { sections, asOf: isLate ? new Date(at) : null }
}

/**
 * Loads something that the page is made from, and tags the page with it. When it can't be loaded again, the last one
 * that could is used (Next's doing: see `get` in cache-handler.mjs), and tried again a little later, not by each guest.
 */
function keptMeanwhile<T>(
  key: string[],
  tags: string[],
  load: () => Promise<T>,
  onFailure: () => void = () => {},
): Promise<T> {
  const loadOrRetryLater = async () => {
    try {
      return await load()
    } catch (error) {
      onFailure()
      setTimeout(() => expireTags(tags), RETRY_AFTER_MS).unref()
      throw error
    }
  }
  return unstable_cache(loadOrRetryLater, key, { tags, revalidate: REVALIDATE_SECONDS })()
}
