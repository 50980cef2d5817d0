import Link from 'next/link'
import { columnsFor, DataTable } from '../../../_ui/data-table'
import { Difference } from '../../../_ui/difference'
import { localTime } from '../../../_ui/local-time'
import { Money, type MoneyFormat } from '../../../_ui/money'
import { StatusMark } from '../../../_ui/status-mark'
import { differencePercent, type OverviewRow } from './rows'

/** One row a restaurant, worst first. `stockLinks`: whether the reader may open the alerts. */
export function OverviewTable({
  rows,
  now,
  format,
  stockLinks,
}: {
  rows: OverviewRow[]
  now: Date
  format: MoneyFormat
  stockLinks: boolean
}) {
  return (
    <DataTable
      caption="Restaurants, what needs attention first"
      columns={columnsOf(now, format, stockLinks)}
      rows={rows}
      rowId={(row) => row.restaurant.slug}
    />
  )
}

const column = columnsFor<OverviewRow>()

const columnsOf = (now: Date, format: MoneyFormat, stockLinks: boolean) =>
  column.columns([
    column.display({
      id: 'restaurant',
      header: 'Restaurant',
      meta: { rowHeader: true },
      cell: ({ row: { original } }) => (
        <>
          <Link href={`/kitchen/${original.restaurant.slug}`} prefetch={false}>
            {original.restaurant.name}
          </Link>{' '}
          <span className="text-muted">{localTime(now, original.restaurant.timeZone, format.locale)}</span>
        </>
      ),
    }),
    column.accessor('open', { header: 'Open', meta: { align: 'end' } }),
    column.display({
      id: 'oldest',
      header: 'Oldest',
      meta: { align: 'end' },
      cell: ({ row: { original } }) => <Oldest {...original} />,
    }),
    column.accessor('orders', { header: 'Orders today', meta: { align: 'end', wideOnly: true } }),
    column.display({
      id: 'revenue',
      header: 'Revenue today',
      meta: { align: 'end', wideOnly: true },
      cell: ({ row: { original } }) => <Money cents={original.revenue} format={format} />,
    }),
    column.display({
      id: 'usual',
      header: 'Against usual',
      meta: { align: 'end', wideOnly: true },
      cell: ({ row: { original } }) => (
        <Difference percent={differencePercent(original.revenue, original.usualRevenue)} />
      ),
    }),
    column.display({
      id: 'stock',
      header: 'Low stock',
      meta: { align: 'end' },
      cell: ({ row: { original } }) => {
        if (original.lowStock === 0) return <span className="text-muted">0</span>
        if (!stockLinks) return original.lowStock
        return (
          <Link href={`/inventory/alerts?restaurant=${original.restaurant.slug}`} prefetch={false}>
            {original.lowStock}
          </Link>
        )
      },
    }),
  ])

function Oldest({ oldestMinutes, age }: OverviewRow) {
  if (oldestMinutes === null) return <span className="text-muted">–</span>
  const text = duration(oldestMinutes)
  if (age === 'on_time') return text
  return (
    <>
      {age === 'late' ? <StatusMark tone="red">late</StatusMark> : <StatusMark tone="amber">due</StatusMark>}{' '}
      {text}
    </>
  )
}

/** Minutes as people say them, kept on one line: "7 min", "2 h 05". */
const duration = (minutes: number) =>
  minutes < 60
    ? `${minutes}\u00a0min`
    : `${Math.floor(minutes / 60)}\u00a0h\u00a0${String(minutes % 60).padStart(2, '0')}`
