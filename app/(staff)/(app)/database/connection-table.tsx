import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { StatusMark } from '@/app/_ui/status-mark'
import type { ConnectionGroup } from '@/db/queries/health/connections'
import { Advice } from './advice'

const column = columnsFor<ConnectionGroup>()

const count = (id: Exclude<keyof ConnectionGroup, 'name'>, header: string, wideOnly = false) =>
  column.display({
    id,
    header,
    meta: { align: 'end', wideOnly },
    cell: ({ row: { original } }) => original[id],
  })

const COLUMNS = column.columns([
  column.display({
    id: 'name',
    header: 'Session',
    meta: { rowHeader: true },
    cell: ({ row: { original } }) => original.name || 'unnamed',
  }),
  count('active', 'Active'),
  count('idle', 'Idle'),
  column.display({
    id: 'idleInTransaction',
    header: 'In transaction',
    meta: { align: 'end' },
    cell: ({ row: { original } }) =>
      original.idleInTransaction > 0 ? <StatusMark tone="amber">{original.idleInTransaction}</StatusMark> : 0,
  }),
  count('hidden', 'Not shown', true),
  count('total', 'In all'),
])

/** Who is connected, and what they do. */
export function ConnectionTable({ groups }: { groups: ConnectionGroup[] }) {
  const isHidden = groups.some(({ hidden }) => hidden > 0)
  return (
    <>
      <DataTable
        caption="Connections by what they do"
        columns={COLUMNS}
        rows={groups}
        rowId={({ name }) => name}
      />
      <Advice>
        Idle ones wait for the next request and cost little. One that idles in a transaction for more than a
        moment holds locks and holds up cleaning: it stands above by name.
        {isHidden
          ? ' What sessions of other roles do is not shown to this one: GRANT pg_read_all_stats TO it.'
          : null}
      </Advice>
    </>
  )
}
