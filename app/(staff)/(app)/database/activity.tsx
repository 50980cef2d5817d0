import type { Snapshot } from '@/db/migrate/watch'
import { ACTIVITY_LIMITS } from '@/db/queries/activity'
import { LockTree } from './lock-tree'
import { BackfillList, IndexBuildList } from './progress-list'
import { Section } from './section'
import { ServerFigureRow } from './server-figure-row'
import { IdleTable, LongTable } from './session-table'

/** What goes on right now, and of what may be trouble as much as there is. */
export function Activity({ snapshot, locale }: { snapshot: Snapshot; locale: string }) {
  const { server, locks, long, idle, builds, backfills, migrator } = snapshot
  const isQuiet = [locks, long, idle, builds, backfills].every(({ length }) => length === 0)
  return (
    <>
      <ServerFigureRow server={server} locks={locks} />
      {isQuiet ? (
        <p className="border-t border-line py-4 text-muted">
          Nobody waits, nothing runs long, and no transaction was left open.
        </p>
      ) : null}
      {locks.length > 0 ? (
        <Section title="Who waits for whom" note="On top whoever holds what those under it need">
          <LockTree nodes={locks} />
        </Section>
      ) : null}
      {long.length > 0 ? (
        <Section
          title="Long statements"
          note={`Over ${ACTIVITY_LIMITS.query} s; reports and jobs over ${ACTIVITY_LIMITS.report / 60} min`}
        >
          <LongTable sessions={long} />
        </Section>
      ) : null}
      {idle.length > 0 ? (
        <Section
          title="Idle in transaction"
          note={`Left open without doing anything for more than ${ACTIVITY_LIMITS.idle} s`}
        >
          <IdleTable sessions={idle} />
        </Section>
      ) : null}
      {builds.length > 0 ? (
        <Section title="Index builds">
          <IndexBuildList builds={builds} />
        </Section>
      ) : null}
      {backfills.length > 0 ? (
        <Section title="Backfills">
          <BackfillList backfills={backfills} isMigrating={migrator !== null} locale={locale} />
        </Section>
      ) : null}
    </>
  )
}
