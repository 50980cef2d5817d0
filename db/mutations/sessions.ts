import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'

/**
 * Extends a session by another 12 hours, but never beyond 7 days from when it began. At most every ten minutes: of
 * many requests that come at once, one writes.
 */
export async function touchSession(db: Db, token: string): Promise<void> {
  const [touched] = await db.execute<{ userId: number }>(sql`
    update sessions
    set updated_at = now(), expires_at = least(now() + interval '12 hours', created_at + interval '7 days')
    where token = ${token} and updated_at < now() - interval '10 minutes' and expires_at > now()
    returning user_id as "userId"`)
  // A transaction of its own: whoever ends sessions locks the person first, and the sessions after.
  if (touched) await noteSeen(db, touched.userId)
}

/** Remembers that a person is there. */
export async function noteSeen(db: Db, userId: number): Promise<void> {
  await db.execute(sql`update users set last_seen_at = now() where id = ${userId}`)
}
