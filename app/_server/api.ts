import type { Db } from '@/db/client'
import { touchApiKey } from '@/db/mutations/api-keys'
import { findApiScope } from '@/db/queries/access'
import type { RestaurantScope } from '@/domain/scope'
import { database } from './database'
import { problem, unavailable } from './problem'

export type ApiScope = RestaurantScope<'orders:place'>

/**
 * Lets software with the API key of a restaurant in (401 without), and answers 503 where the database is busy. Every
 * route of `/api/v1` is wrapped in it.
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
    await touchApiKey(db, scope, key)
    return await handle(db, scope)
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
