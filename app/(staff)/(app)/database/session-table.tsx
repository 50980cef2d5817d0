import { columnsFor, DataTable } from '@/app/_ui/data-table'
import type { ServerSession } from '@/db/queries/activity'
import { formatSeconds } from '@/domain/duration'

const column = columnsFor<ServerSession>()

const session = column.display({
  id: 'session',
  header: 'Session',
  meta: { rowHeader: true },
  cell: ({ row: { original } }) => (
    <>
      <b>{original.name || original.kind || 'unnamed'}</b>{' '}
      <span className="text-muted tabular-nums">{original.pid}</span>
    </>
  ),
})
const seconds = (id: 'querySeconds' | 'stateSeconds' | 'transactionSeconds', header: string) =>
  column.display({
    id,
    header,
    meta: { align: 'end' },
    cell: ({ row: { original } }) => formatSeconds(original[id] ?? 0),
  })
const statement = (header: string) =>
  column.display({
    id: 'statement',
    header,
    meta: { wideOnly: true, className: 'w-1/2' },
    cell: ({ row: { original } }) => <code className="line-clamp-2 wrap-anywhere">{original.query}</code>,
  })

const LONG = column.columns([session, seconds('querySeconds', 'Running for'), statement('Statement')])
const IDLE = column.columns([
  session,
  seconds('stateSeconds', 'Idle for'),
  seconds('transactionSeconds', 'Open for'),
  statement('Last statement'),
])
const rowId = ({ pid }: ServerSession) => String(pid)

export function LongTable({ sessions }: { sessions: ServerSession[] }) {
  return <DataTable caption="Statements over their limit" columns={LONG} rows={sessions} rowId={rowId} />
}

export function IdleTable({ sessions }: { sessions: ServerSession[] }) {
  return <DataTable caption="Transactions left open" columns={IDLE} rows={sessions} rowId={rowId} />
}
