import type { Db } from '@/db/client'
import { type Admission, admitApiRequest } from '@/db/mutations/api-keys'
import { findApiScope } from '@/db/queries/access'
import { API_ALLOWANCE } from '@/domain/api'
import type { RestaurantScope } from '@/domain/scope'
import { database } from './database'
import { problem, unavailable } from './problem'

export type ApiScope = RestaurantScope<'orders:place'>

/**
 * Lets software with the API key of a restaurant in (401 without), as often as the key may come (429 beyond), and
 * answers 503 where the database is busy. Every route of `/api/v1` that is about a restaurant is wrapped in it.
 */
export async function withApiScope(
  request: Request,
  handle: (db: Db, scope: ApiScope) => Promise<Response>,
): Promise<Response> {
  try {
    const db = database()
    const key = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
    const scope = key ? await findApiScope(db, key) : null
    if (!key || !scope) return unauthorised()
    const admission = await admitApiRequest(db, scope, key)
    const response = admission.ok ? await handle(db, scope) : tooMany(admission.retryAfter)
    setAllowance(response.headers, admission)
    return response
  } catch (error) {
    const busy = unavailable(error)
    if (busy) return busy
    throw error
  }
}

const unauthorised = () =>
  problem({
    status: 401,
    name: 'unauthorised',
    title: 'This needs an API key',
    detail: 'Send the key of an active restaurant as "Authorization: Bearer brg_…".',
    headers: { 'www-authenticate': 'Bearer realm="Brigade"' },
  })

/** As draft-ietf-httpapi-ratelimit-headers has them: the policy, what is left of it, and when it is whole again. */
function setAllowance(headers: Headers, { remaining, restoredIn }: Admission): void {
  const { quota, windowSeconds } = API_ALLOWANCE
  headers.set('ratelimit-policy', `"key";q=${quota};w=${windowSeconds}`)
  headers.set('ratelimit', `"key";r=${remaining};t=${restoredIn}`)
}

const tooMany = (retryAfter: number) =>
  problem({
    status: 429,
    name: 'too-many-requests',
    title: 'This API key sends too many requests',
    detail: 'Nothing was done. Send the same request again after the time in Retry-After.',
    headers: { 'retry-after': String(retryAfter) },
  })
