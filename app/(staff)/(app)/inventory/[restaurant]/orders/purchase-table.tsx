import Link from 'next/link'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import { StatusMark } from '@/app/_ui/status-mark'
import type { ListedPurchase } from '@/db/queries/purchase-orders'
import { dateWords, PURCHASE_TONES, PURCHASE_WORDS } from './words'

type Row = ListedPurchase & { slug: string; timeZone: string; format: MoneyFormat }

const column = columnsFor<Row>()
const columns = [
  column.accessor('number', {
    header: 'Order',
    meta: { rowHeader: true, className: 'w-24' },
    cell: ({ row: { original: row } }) => (
      <Link
        href={`/inventory/${row.slug}/orders/${row.id}`}
        prefetch={false}
        className="inline-flex min-h-11 items-center font-semibold md:min-h-7"
      >
        No. {row.number}
      </Link>
    ),
  }),
  column.accessor('supplier', {
    header: 'Supplier',
    cell: ({ row: { original: row } }) => (
      <>
        {row.supplier}
        <span className="block md:hidden">
          <Status row={row} />
        </span>
      </>
    ),
  }),
  column.accessor('status', {
    header: 'Status',
    meta: { wideOnly: true },
    cell: ({ row: { original: row } }) => <Status row={row} />,
  }),
  column.accessor('sentAt', {
    header: 'Drafted or sent',
    meta: { wideOnly: true },
    cell: ({ row: { original: row } }) => dayOf(row.sentAt ?? row.createdAt, row),
  }),
  column.accessor('expectedOn', {
    header: 'Expected',
    meta: { wideOnly: true },
    cell: ({ row: { original: row } }) =>
      row.expectedOn ? dateWords(row.expectedOn, row.format.locale) : <span className="text-muted">–</span>,
  }),
  column.accessor('lines', { header: 'Ingredients', meta: { align: 'end', wideOnly: true } }),
  column.accessor('cost', {
    header: 'Cost',
    meta: { align: 'end' },
    cell: ({ row: { original: row } }) => <Money cents={row.cost} format={row.format} />,
  }),
]

const Status = ({ row: { status } }: { row: Row }) => (
  <StatusMark tone={PURCHASE_TONES[status]}>{PURCHASE_WORDS[status]}</StatusMark>
)

const dayOf = (instant: number, { timeZone, format }: Row) =>
  new Date(instant).toLocaleDateString(format.locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone,
  })

/** Purchase orders, newest first. */
export function PurchaseTable({
  rows,
  slug,
  timeZone,
  format,
}: {
  rows: readonly ListedPurchase[]
  slug: string
  timeZone: string
  format: MoneyFormat
}) {
  return (
    <DataTable
      caption="Purchase orders, newest first"
      columns={columns}
      rows={rows.map((row) => ({ ...row, slug, timeZone, format }))}
      rowId={({ id }) => id}
    />
  )
}
