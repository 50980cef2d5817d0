import { createHash } from 'node:crypto'
import { withApiScope } from '@/app/_server/api'
import { environment } from '@/app/_server/environment'
import { getGuestMenu } from '@/db/queries/guest-menu'
import type { MenuDetails } from '@/domain/api'

/**
 * The menu of the key's restaurant as it sells it now: 200 with its `ETag`, or 304 for the one that the client has.
 * It is read each time: software that takes orders by it must not learn of an 86 late.
 */
export function GET(request: Request): Promise<Response> {
  return withApiScope(request, async (db, scope) => {
    const { slug, name } = scope.restaurant
    const sections = await getGuestMenu(db, scope)
    const menu: MenuDetails = {
      restaurant: { slug, name },
      currency: environment().CURRENCY,
      categories: sections.map(({ dishes, ...category }) => ({
        ...category,
        dishes: dishes.map(({ soldOut, photo: _, ...dish }) => ({ ...dish, available: !soldOut })),
      })),
    }
    const body = JSON.stringify(menu)
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`
    const headers = { etag, 'cache-control': 'private, no-cache' }
    if (names(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
    return new Response(body, { headers: { ...headers, 'content-type': 'application/json' } })
  })
}

/** Whether an `If-None-Match` names the tag; compared weakly, as RFC 9110 asks. */
const names = (header: string | null, etag: string): boolean =>
  header?.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, ''))) ?? false
