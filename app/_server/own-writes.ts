import { listStaleTags } from '@/db/queries/invalidations'
import { requestContext } from '@/db/request-context'
import { systemScope } from '@/domain/scope'
import { database } from './database'
import { expireTags } from './expiries.mjs'

/**
 * Whoever changed something reads nothing older from then on. Other processes hear of a change milliseconds after its
 * commit, which can be later than the next click; so the answer to a change carries its number in a cookie
 * (bin/serve/own-writes.mjs), and a process that is asked by somebody who knows a number first makes sure that it has
 * dropped what that one made stale.
 */

/** Numbers that need no second look. A lost one costs a query. */
const MOST_KNOWN = 10_000

function known(): Set<number> {
  const holder = globalThis as unknown as { [key: symbol]: Set<number> | undefined }
  const key = Symbol.for('brigade.knownWrites')
  holder[key] ??= new Set()
  return holder[key]
}

function remember(id: number): void {
  known().add(id)
  for (const oldest of known()) {
    if (known().size <= MOST_KNOWN) return
    known().delete(oldest)
  }
}

/** Drops in this process what a request's own mutations made stale: they have committed by the time it reads again. */
export function settleOwnWrites(request = requestContext().getStore()): void {
  const wrote = request?.wrote
  if (!wrote || wrote.tags.length === 0) return
  expireTags(wrote.tags)
  remember(wrote.id)
  wrote.tags = []
}

/** Drops in this process what a write of any process made stale, if that is not done yet. */
export async function hearOfWrite(id: number): Promise<void> {
  if (known().has(id)) return
  const tags = await listStaleTags(database(), systemScope(), id)
  expireTags(tags)
  if (tags.length > 0) remember(id)
}
