import Link from 'next/link'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { StatusMark } from '@/app/_ui/status-mark'
import type { SlowestStatements, StatementFigures } from '@/db/queries/health/statements'
import { formatSeconds } from '@/domain/duration'
import { Advice } from './advice'
import { judgeHits } from './judge'
import { formatMs, inPercent } from './numbers'
import { sinceWords } from './utc'

type Row = StatementFigures & {
  /** Which function sends it, where that is known. */
  name: string | null
  /** Of the time of all statements, from 0 to 1. */
  share: number
  locale: string
}

const column = columnsFor<Row>()

const COLUMNS = column.columns([
  column.display({
    id: 'statement',
    header: 'Statement',
    meta: { rowHeader: true },
    cell: ({ row: { original } }) => (
      <>
        <Link href={`/database/statements/${original.id}`} prefetch={false} className="wrap-anywhere">
          {original.name ?? 'Plan'}
        </Link>
        <code className="line-clamp-2 font-normal text-muted wrap-anywhere">{oneLine(original.text)}</code>
      </>
    ),
  }),
  column.display({
    id: 'total',
    header: 'In all',
    meta: { align: 'end', className: 'whitespace-nowrap' },
    cell: ({ row: { original } }) => formatSeconds(original.totalMs / 1000),
  }),
  column.display({
    id: 'share',
    header: 'Share',
    meta: { align: 'end', wideOnly: true },
    cell: ({ row: { original } }) => inPercent(original.share),
  }),
  column.display({
    id: 'calls',
    header: 'Calls',
    meta: { align: 'end', wideOnly: true },
    cell: ({ row: { original } }) => original.calls.toLocaleString(original.locale),
  }),
  column.display({
    id: 'mean',
    header: 'Each',
    meta: { align: 'end', className: 'whitespace-nowrap' },
    cell: ({ row: { original } }) => formatMs(original.meanMs),
  }),
  column.display({
    id: 'rows',
    header: 'Rows each',
    meta: { align: 'end', wideOnly: true },
    cell: ({ row: { original } }) => Math.round(original.rowsPerCall).toLocaleString(original.locale),
  }),
  column.display({
    id: 'hits',
    header: 'In memory',
    meta: { align: 'end', wideOnly: true },
    cell: ({ row: { original } }) => {
      if (original.hitShare === null) return '–'
      const tone = judgeHits(original.hitShare)
      const words = inPercent(original.hitShare)
      return tone ? <StatusMark tone={tone}>{words}</StatusMark> : words
    },
  }),
])

const LIBRARY = "shared_preload_libraries = 'pg_stat_statements'"

/** Where the server's time goes, with the plan of each statement one click away. */
export function StatementTable({
  slowest,
  nameOf,
  locale,
}: {
  slowest: SlowestStatements
  nameOf: (text: string) => string | null
  locale: string
}) {
  if (!slowest.ok)
    return (
      <p className="max-w-prose text-muted">
        {slowest.reason === 'missing' ? (
          <>
            The extension that counts statements is not installed in this database. Set <code>{LIBRARY}</code>{' '}
            in postgresql.conf, restart the server, and run <code>create extension pg_stat_statements</code>{' '}
            here as a superuser.
          </>
        ) : (
          <>
            The extension is installed, but the server was started without its library, so nothing is counted.
            Set <code>{LIBRARY}</code> in postgresql.conf and restart the server.
          </>
        )}{' '}
        Until then the log names statements that take longer than <code>SLOW_QUERY_MS</code>.
      </p>
    )
  const { statements, totalMs, hidden, since } = slowest
  const rows = statements.map((each) => ({
    ...each,
    name: nameOf(each.text),
    share: totalMs > 0 ? each.totalMs / totalMs : 0,
    locale,
  }))
  return (
    <>
      <DataTable
        caption="Statements by the time they took in all"
        columns={COLUMNS}
        rows={rows}
        rowId={({ id }) => id}
      />
      <Advice>
        Counted {sinceWords(since, locale)}. What stands on top is worth the most: make it cheaper, or ask it
        less often. A page’s statement takes under 50 ms; under 95 % in memory means reading from the disk.
        {hidden > 0
          ? ` ${hidden} of other roles are counted but not shown: GRANT pg_read_all_stats TO this role.`
          : null}
      </Advice>
    </>
  )
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 300)
