import type { Metadata } from 'next'
import { database } from '@/app/_server/database'
import { environment } from '@/app/_server/environment'
import { miseFigures } from '@/app/_server/mise'
import { readerFormat } from '@/app/_server/reader'
import { requireChain } from '@/app/_server/session'
import { PageHeader } from '@/app/_ui/page-header'
import { takeSnapshot } from '@/db/migrate/watch'
import { ACTIVITY_LIMITS } from '@/db/queries/activity'
import { listApplied } from '@/db/queries/migrations'
import { LockTree } from './lock-tree'
import { MigrationState } from './migration-state'
import { migrationState } from './migrations'
import { MiseTable } from './mise-table'
import { PoolFigureRow } from './pool-figure-row'
import { BackfillList, IndexBuildList } from './progress-list'
import { Refresh } from './refresh'
import { Section } from './section'
import { ServerFigureRow } from './server-figure-row'
import { IdleTable, LongTable } from './session-table'

export const metadata: Metadata = { title: 'Database' }

/** The operator's page: what the database is doing right now, with what is usual beside each figure. */
export default async function DatabasePage() {
  const scope = await requireChain('database:read')
  const snapshot = await takeSnapshot(database(), scope, ACTIVITY_LIMITS)
  const migrations = migrationState(await listApplied(database(), scope))
  const { locale } = await readerFormat()
  const { server, locks, long, idle, builds, backfills, migrator, at } = snapshot
  const isQuiet = [locks, long, idle, builds, backfills, server.invalidIndexes].every(
    ({ length }) => length === 0,
  )

  return (
    <>
      <PageHeader title="Database" note={`${server.database}, PostgreSQL ${server.version}`}>
        <Refresh stamp={at.getTime()} />
      </PageHeader>
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
      <Section
        title="This web process"
        note={`Number ${process.pid} of the machine; every process has connections and a mise en place of its own`}
      >
        <PoolFigureRow stats={database().gate.stats()} queue={environment().POOL_QUEUE} />
        <MiseTable figures={miseFigures()} now={at.getTime()} locale={locale} />
        {environment().MISE ? null : (
          <p className="pt-2 text-muted">MISE is off: nothing is kept, every reader asks the database.</p>
        )}
      </Section>
      <Section title="Migrations">
        <MigrationState
          state={migrations}
          migrator={migrator}
          invalidIndexes={server.invalidIndexes}
          locale={locale}
        />
      </Section>
    </>
  )
}
