import { sql } from 'drizzle-orm'
import type { Db } from '../client'
import { requestContext } from '../request-context'

/**
 * Says in the caller's transaction what it makes stale. Each process drops entries of these tags when it is notified,
 * and reads `cache_invalidations` for what it missed. The request remembers it as well, so that whoever wrote this reads
 * nothing older from then on, whichever process answers (app/_server/own-writes.ts).
 */
export async function invalidate(tx: Db, tags: readonly [string, ...string[]]): Promise<void> {
  const [last] = await tx.execute<{ id: number }>(sql`
    with stale as (
      insert into cache_invalidations (tag)
      select tag from json_array_elements_text(${JSON.stringify(tags)}::text::json) as t (tag)
      returning id, tag
    ), told as materialized (
      select pg_notify('cache', tag), id from stale
    )
    select max(id)::float8 as id from told`)
  if (last) rememberWrite(last.id, tags)
}

/** Of a statement that says by itself what it makes stale: the number of the last row that it wrote of it. */
export function rememberWrite(id: number, tags: readonly string[]): void {
  const request = requestContext().getStore()
  if (request) request.wrote = { id, tags: [...(request.wrote?.tags ?? []), ...tags] }
}
