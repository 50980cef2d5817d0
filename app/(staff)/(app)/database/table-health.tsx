import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { StatusMark } from '@/app/_ui/status-mark'
import { timeAgo } from '@/app/_ui/time-ago'
import type { TableHealth, TablesHealth } from '@/db/queries/health/tables'
import { formatBytes } from '@/domain/bytes'
import { Advice } from './advice'
import { growthADay, judgeDeadRows, judgeScans } from './judge'
import { sinceWords } from './utc'

type Row = TableHealth & { now: number; days: number; locale: string }

const column = columnsFor<Row>()

const COLUMNS = column.columns([
  column.display({
    id: 'name',
    header: 'Table',
    meta: { rowHeader: true, className: 'wrap-anywhere' },
    cell: ({ row: { original } }) => original.name,
  }),
  column.display({
    id: 'bytes',
    header: 'Size',
    meta: { align: 'end', className: 'whitespace-nowrap' },
    cell: ({ row: { original } }) => formatBytes(original.bytes),
  }),
  column.display({
    id: 'indexes',
    header: 'Of it indexes',
    meta: { align: 'end', wideOnly: true },
    cell: ({ row: { original } }) => formatBytes(original.indexBytes),
  }),
  column.display({
    id: 'growth',
    header: 'Grows a day',
    meta: { align: 'end', wideOnly: true },
    cell: ({ row: { original } }) => {
      const bytes = growthADay(original, original.days)
      return bytes === null ? '–' : formatBytes(bytes)
    },
  }),
  column.display({
    id: 'rows',
    header: 'Rows',
    meta: { align: 'end' },
    cell: ({ row: { original } }) => Math.round(original.rows).toLocaleString(original.locale),
  }),
  column.display({
    id: 'dead',
    header: 'Dead',
    meta: { align: 'end' },
    cell: ({ row: { original } }) => {
      const words = original.deadRows.toLocaleString(original.locale)
      const tone = judgeDeadRows(original)
      return tone ? <StatusMark tone={tone}>{words}</StatusMark> : words
    },
  }),
  column.display({
    id: 'vacuumed',
    header: 'Cleaned',
    meta: { align: 'end', wideOnly: true },
    cell: ({ row: { original } }) => ago(original.vacuumedAt, original.now),
  }),
  column.display({
    id: 'analyzed',
    header: 'Analysed',
    meta: { align: 'end', wideOnly: true },
    cell: ({ row: { original } }) => ago(original.analyzedAt, original.now),
  }),
  column.display({
    id: 'scans',
    header: 'Read whole',
    meta: { align: 'end', wideOnly: true },
    cell: ({ row: { original } }) => {
      const words = `${original.scans.toLocaleString(original.locale)} ×`
      const tone = judgeScans(original, original.days)
      return tone ? <StatusMark tone={tone}>{words}</StatusMark> : words
    },
  }),
])

const DAY_MS = 24 * 60 * 60 * 1000

/** What tables take, how they are read, and whether they are kept clean. */
export function TableHealthTable({
  health: { since, tables },
  now,
  locale,
}: {
  health: TablesHealth
  /** In milliseconds since 1970. */
  now: number
  locale: string
}) {
  const days = (now - since) / DAY_MS
  return (
    <>
      <DataTable
        caption="The largest tables"
        columns={COLUMNS}
        rows={tables.map((table) => ({ ...table, now, days, locale }))}
        rowId={({ name }) => name}
      />
      <Advice>
        Counted {sinceWords(since, locale)}. Dead rows are normal until autovacuum comes, at a fifth of a
        table; where far more stay, look for a transaction that was left open, else let autovacuum come
        earlier (<code>autovacuum_vacuum_scale_factor</code> of the table). A table of more than 10,000 rows
        that is read whole more than once an hour lacks an index, or a condition: its statement stands above.
        Growth is estimated by the rows added and deleted since then, once that is a day ago.
      </Advice>
    </>
  )
}

const ago = (at: number | null, now: number) => (at === null ? 'never' : timeAgo(at, now))
