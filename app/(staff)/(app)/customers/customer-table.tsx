import Link from 'next/link'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { timeAgo } from '@/app/_ui/time-ago'
import type { FoundCustomer } from '@/db/queries/customers'

type Row = FoundCustomer & { now: number }

const column = columnsFor<Row>()

const columns = [
  column.accessor('name', {
    header: 'Customer',
    meta: { rowHeader: true },
    cell: ({ row: { original } }) => (
      <>
        <Link
          href={`/customers/${original.id}`}
          prefetch={false}
          className="inline-flex min-h-11 items-center font-semibold wrap-anywhere md:min-h-7"
        >
          {original.name}
        </Link>
        {/* On a phone there are no columns for these. */}
        <span className="block pb-2 text-sm text-muted wrap-anywhere md:hidden">
          {[original.phone, original.email].filter(Boolean).join(', ')}
        </span>
      </>
    ),
  }),
  column.accessor('phone', {
    header: 'Phone',
    meta: { wideOnly: true },
    cell: ({ getValue }) => getValue() ?? '–',
  }),
  column.accessor('email', {
    header: 'E-mail',
    meta: { wideOnly: true, className: 'wrap-anywhere' },
    cell: ({ getValue }) => getValue() ?? '–',
  }),
  column.accessor('orders', { header: 'Orders', meta: { align: 'end' } }),
  column.accessor('lastOrderAt', {
    header: 'Last order',
    meta: { align: 'end' },
    cell: ({ row: { original } }) =>
      original.lastOrderAt === null ? '–' : timeAgo(original.lastOrderAt, original.now),
  }),
]

/** Who was found; each name leads to their orders. */
export const CustomerTable = ({ customers, now }: { customers: readonly FoundCustomer[]; now: number }) => (
  <DataTable
    caption="Customers, who ordered last first"
    columns={columns}
    rows={customers.map((customer) => ({ ...customer, now }))}
    rowId={({ id }) => String(id)}
  />
)
