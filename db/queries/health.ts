import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'

/** Whether the database answers. Any failure is a no: the log of the pages says which. */
export async function isReachable(db: Db): Promise<boolean> {
  try {
    await db.execute(sql`select 1`)
    return true
  } catch {
    return false
  }
}
