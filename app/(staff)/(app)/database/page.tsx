import type { Metadata } from 'next'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain } from '@/app/_server/session'
import { statementName } from '@/app/_server/statement-name'
import { PageHeader } from '@/app/_ui/page-header'
import { Refresh } from '@/app/_ui/refresh'
import { looker } from '@/db/look'
import { takeSnapshot } from '@/db/migrate/watch'
import { ACTIVITY_LIMITS } from '@/db/queries/activity'
import { listConnections } from '@/db/queries/health/connections'
import { getDatabaseFigures } from '@/db/queries/health/figures'
import { listUnindexedForeignKeys } from '@/db/queries/health/foreign-keys'
import { listIndexFaults } from '@/db/queries/health/indexes'
import { getNumberRoom } from '@/db/queries/health/number-room'
import { listSlowestStatements } from '@/db/queries/health/statements'
import { listTables } from '@/db/queries/health/tables'
import { listJobs } from '@/db/queries/housekeeping'
import { listApplied } from '@/db/queries/migrations'
import { Activity } from './activity'
import { ConnectionTable } from './connection-table'
import { DatabaseFigureRow } from './database-figure-row'
import { ForeignKeyTable } from './foreign-key-table'
import { IndexTable } from './index-table'
import { JobSection } from './job-section'
import { Looked } from './looked'
import { MigrationState } from './migration-state'
import { migrationState } from './migrations'
import { NumberRoomSection } from './number-room'
import { Section } from './section'
import { StatementTable } from './statement-table'
import { TableHealthTable } from './table-health'
import { WebProcess } from './web-process'

export const metadata: Metadata = { title: 'Database' }

/** The operator's page: what the database is doing and how it is, with what is usual beside each figure. */
export default async function DatabasePage() {
  const scope = await requireChain('database:read')
  const { locale } = await readerFormat()
  // One after the other, so that the page takes one connection, and what is most urgent first.
  const look = looker(database())
  const snapshot = await look((tx) => takeSnapshot(tx, scope, ACTIVITY_LIMITS))
  const jobs = await look((tx) => listJobs(tx, scope))
  const connections = await look((tx) => listConnections(tx, scope))
  const statements = await look((tx) => listSlowestStatements(tx, scope))
  const figures = await look((tx) => getDatabaseFigures(tx, scope))
  const tables = await look((tx) => listTables(tx, scope))
  const indexes = await look((tx) => listIndexFaults(tx, scope))
  const foreignKeys = await look((tx) => listUnindexedForeignKeys(tx, scope))
  const room = await look((tx) => getNumberRoom(tx, scope))
  const applied = await look((tx) => listApplied(tx, scope))
  const now = Date.now()

  return (
    <>
      <PageHeader title="Database" note={snapshot.ok ? serverOf(snapshot.value) : undefined}>
        <Refresh stamp={now} seconds={5} />
      </PageHeader>
      <Looked look={snapshot}>{(value) => <Activity snapshot={value} locale={locale} />}</Looked>
      <WebProcess now={now} locale={locale} />
      <Section title="Connections" note="To this database, by what sessions call themselves">
        <Looked look={connections}>{(groups) => <ConnectionTable groups={groups} />}</Looked>
      </Section>
      <Section title="Slowest statements" note="By the time they took in all">
        <Looked look={statements}>
          {(slowest) => <StatementTable slowest={slowest} nameOf={statementName} locale={locale} />}
        </Looked>
      </Section>
      <Section title="This database">
        <Looked look={figures}>{(value) => <DatabaseFigureRow figures={value} locale={locale} />}</Looked>
      </Section>
      <Section title="Tables" note="The largest">
        <Looked look={tables}>
          {(health) => <TableHealthTable health={health} now={now} locale={locale} />}
        </Looked>
      </Section>
      <Section title="Indexes to look at">
        <Looked look={indexes}>{(faults) => <IndexTable faults={faults} locale={locale} />}</Looked>
      </Section>
      <Section title="Foreign keys without an index">
        <Looked look={foreignKeys}>{(keys) => <ForeignKeyTable keys={keys} locale={locale} />}</Looked>
      </Section>
      <Section title="Room for numbers">
        <Looked look={room}>{(value) => <NumberRoomSection room={value} locale={locale} />}</Looked>
      </Section>
      <JobSection look={jobs} now={now} locale={locale} />
      <Section title="Migrations">
        <Looked look={applied}>
          {(value) => (
            <MigrationState
              state={migrationState(value)}
              migrator={snapshot.ok ? snapshot.value.migrator : null}
              locale={locale}
            />
          )}
        </Looked>
      </Section>
    </>
  )
}

const serverOf = ({ server }: { server: { database: string; version: string } }) =>
  `${server.database}, PostgreSQL ${server.version}`
