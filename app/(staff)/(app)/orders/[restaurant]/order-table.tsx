import Link from 'next/link'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { localTime } from '@/app/_ui/local-time'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import { StatusMark } from '@/app/_ui/status-mark'
import type { OrderDayRow } from '@/db/queries/order-day'
import { CHANNEL_WORDS, placeOf, STATUS_TONES, STATUS_WORDS } from '../words'

type Props = { slug: string; rows: OrderDayRow[]; format: MoneyFormat; timeZone: string }

/** The orders of a page, the newest first; times are the restaurant's. */
export function OrderTable(props: Props) {
  return (
    <DataTable
      caption="Orders, the newest first"
      columns={orderColumns(props)}
      rows={props.rows}
      rowId={({ id }) => id}
    />
  )
}

const column = columnsFor<OrderDayRow>()

const orderColumns = ({ slug, format, timeZone }: Props) => [
  column.accessor('callNumber', {
    header: 'Call',
    meta: { rowHeader: true },
    cell: ({ row: { original } }) => (
      <Link
        href={`/orders/${slug}/${original.id}`}
        prefetch={false}
        aria-label={`Order ${original.callNumber}, ${placeOf(original)}`}
        className="inline-flex min-h-9 min-w-9 items-center font-semibold md:min-h-7"
      >
        #{original.callNumber}
      </Link>
    ),
  }),
  column.accessor('createdAt', {
    header: 'Placed',
    meta: { wideOnly: true },
    cell: ({ getValue }) => localTime(new Date(getValue()), timeZone, format.locale),
  }),
  column.accessor('placeOrName', {
    header: 'For',
    meta: { className: 'md:min-w-40' },
    cell: ({ row: { original } }) => {
      const place = placeOf(original)
      const channel = CHANNEL_WORDS[original.channel]
      return (
        <>
          <span className="wrap-anywhere">{place}</span>
          {place === channel ? null : <small className="block text-sm text-muted">{channel}</small>}
        </>
      )
    },
  }),
  column.accessor('dishes', {
    header: 'Dishes',
    meta: { wideOnly: true, className: 'w-full' },
    cell: ({ row: { original } }) => (
      <>
        {original.dishes.join(', ')}
        {original.moreLines > 0 ? <span className="text-muted"> +{original.moreLines} more</span> : null}
      </>
    ),
  }),
  column.accessor('status', {
    header: 'Status',
    cell: ({ row: { original } }) => (
      <>
        <StatusMark tone={STATUS_TONES[original.status]}>{STATUS_WORDS[original.status]}</StatusMark>
        {original.unacknowledged ? (
          <small className="block text-sm text-amber md:whitespace-nowrap">
            {original.status === 'cancelled' ? 'kitchen not told yet' : 'changed, not seen yet'}
          </small>
        ) : null}
      </>
    ),
  }),
  column.accessor('total', {
    header: 'Total',
    meta: { align: 'end' },
    cell: ({ getValue }) => <Money cents={getValue()} format={format} />,
  }),
]
