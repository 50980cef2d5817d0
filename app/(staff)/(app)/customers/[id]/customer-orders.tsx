import Link from 'next/link'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import { StatusMark } from '@/app/_ui/status-mark'
import type { CustomerOrder } from '@/db/queries/customers'
import { momentWords } from '../../inventory/figures'
import { CHANNEL_WORDS, STATUS_TONES, STATUS_WORDS } from '../../orders/words'

/** What somebody ordered, the newest first; times are each restaurant's. */
export const CustomerOrders = ({ orders, format }: { orders: CustomerOrder[]; format: MoneyFormat }) => (
  <DataTable
    caption="Orders, the newest first"
    columns={columnsOf(format)}
    rows={orders}
    rowId={({ id }) => id}
  />
)

const column = columnsFor<CustomerOrder>()

const columnsOf = (format: MoneyFormat) => [
  column.accessor('createdAt', {
    header: 'Placed',
    meta: { rowHeader: true },
    cell: ({ row: { original } }) => (
      <>
        <Link
          href={`/orders/${original.restaurantSlug}/${original.id}`}
          prefetch={false}
          aria-label={`Order ${original.orderNumber}`}
          className="inline-flex min-h-11 items-center font-semibold md:min-h-7"
        >
          {momentWords(original.createdAt, original.timeZone, format.locale)}
        </Link>
        <span className="block pb-2 text-sm text-muted md:hidden">{original.restaurant}</span>
      </>
    ),
  }),
  column.accessor('restaurant', { header: 'Restaurant', meta: { wideOnly: true } }),
  column.accessor('channel', {
    header: 'Channel',
    meta: { wideOnly: true },
    cell: ({ getValue }) => CHANNEL_WORDS[getValue()],
  }),
  column.accessor('dishes', {
    header: 'Dishes',
    meta: { wideOnly: true, className: 'w-2/5' },
    cell: ({ row: { original } }) => (
      <>
        {original.dishes.join(', ')}
        {original.moreLines > 0 ? <span className="text-muted"> +{original.moreLines} more</span> : null}
      </>
    ),
  }),
  column.accessor('status', {
    header: 'Status',
    cell: ({ getValue }) => (
      <StatusMark tone={STATUS_TONES[getValue()]}>{STATUS_WORDS[getValue()]}</StatusMark>
    ),
  }),
  column.accessor('total', {
    header: 'Total',
    meta: { align: 'end' },
    cell: ({ getValue }) => <Money cents={getValue()} format={format} />,
  }),
]
