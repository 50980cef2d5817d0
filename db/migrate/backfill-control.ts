import { sql } from 'drizzle-orm'
import type { SystemScope } from '@/domain/scope'
import type { Db } from '../client'

/** The backfills that were paused or let go on: names in order. None: there is none under way, or none of that name. */
export type Changed = { names: string[] }

/**
 * Pauses the backfills under way, or the one of a name, once their running batch is done. They stay paused, whoever
 * migrates, until they are resumed.
 */
export async function pauseBackfills(
  db: Db,
  _scope: SystemScope,
  { name, by }: { name: string | null; by: string },
): Promise<Changed> {
  return changed(
    db,
    sql`
    update brigade_migrations.backfills set paused_at = coalesce(paused_at, now()), paused_by = coalesce(paused_by, ${by})
    where finished_at is null and (${name}::text is null or name = ${name}) returning name`,
  )
}

/** Lets the paused backfills go on, or the one of a name: at once where a migrator waits, else with the next one. */
export async function resumeBackfills(
  db: Db,
  _scope: SystemScope,
  { name }: { name: string | null },
): Promise<Changed> {
  return changed(
    db,
    sql`
    update brigade_migrations.backfills set paused_at = null, paused_by = null
    where paused_at is not null and (${name}::text is null or name = ${name}) returning name`,
  )
}

async function changed(db: Db, statement: ReturnType<typeof sql>): Promise<Changed> {
  const [made] = await db.execute(sql`select where to_regclass('brigade_migrations.backfills') is not null`)
  if (!made) return { names: [] }
  const rows = await db.execute<{ name: string }>(statement)
  return { names: rows.map(({ name }) => name).sort() }
}
