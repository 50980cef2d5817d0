import journal from '@/db/migrations/meta/_journal.json'
import type { AppliedMigrations } from '@/db/queries/migrations'

export type MigrationsAgainstRelease = {
  applied: number
  last: string | null
  lastAt: Date | null
  /** Files of this release that the database does not have yet. */
  pending: string[]
  /** What a newer release has done to the database. */
  newer: string[]
}

/** What the database has against what this release brings, by the journal that it was built with. */
export function migrationState({ names, lastAt }: AppliedMigrations): MigrationsAgainstRelease {
  const release = journal.entries.map(({ tag }) => tag)
  const has = new Set(names)
  const knows = new Set(release)
  return {
    applied: names.length,
    last: names.at(-1) ?? null,
    lastAt,
    pending: release.filter((tag) => !has.has(tag)),
    newer: names.filter((name) => !knows.has(name)),
  }
}
