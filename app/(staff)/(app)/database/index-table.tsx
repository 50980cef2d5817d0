import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { StatusMark } from '@/app/_ui/status-mark'
import type { IndexFault, IndexFaults } from '@/db/queries/health/indexes'
import { formatBytes } from '@/domain/bytes'
import { Advice } from './advice'
import { sinceWords } from './utc'

const column = columnsFor<IndexFault>()

const COLUMNS = column.columns([
  column.display({
    id: 'name',
    header: 'Index',
    meta: { rowHeader: true, className: 'wrap-anywhere' },
    cell: ({ row: { original } }) => original.name,
  }),
  column.display({
    id: 'table',
    header: 'Of',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => original.table,
  }),
  column.display({
    id: 'bytes',
    header: 'Size',
    meta: { align: 'end', className: 'whitespace-nowrap' },
    cell: ({ row: { original } }) => formatBytes(original.bytes),
  }),
  column.display({
    id: 'fault',
    header: 'What is the matter',
    meta: { className: 'wrap-anywhere' },
    cell: ({ row: { original } }) => {
      if (original.fault === 'invalid') return <StatusMark tone="amber">invalid</StatusMark>
      return original.fault === 'duplicate' ? `the same as ${original.like}` : 'not used'
    },
  }),
])

/** Indexes that cost each write something and give no query anything. */
export function IndexTable({ faults: { since, faults }, locale }: { faults: IndexFaults; locale: string }) {
  return (
    <>
      {faults.length === 0 ? (
        <p>All indexes are valid, used and different from each other.</p>
      ) : (
        <DataTable caption="Indexes to look at" columns={COLUMNS} rows={faults} rowId={({ name }) => name} />
      )}
      <Advice>
        Uses are counted {sinceWords(since, locale)}, on this server alone: before an unused one is dropped,
        that should be weeks ago, and replicas asked as well. Listed are unused ones of 1 MB and more that
        prove nothing unique. An invalid one is left by an interrupted build: npm run db:migrate builds its
        own anew, drop any other.
      </Advice>
    </>
  )
}
