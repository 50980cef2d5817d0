import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { StatusMark } from '@/app/_ui/status-mark'
import type { ListedSupplier } from '@/db/queries/suppliers'
import { RecordLink } from '../record-link'
import { daysInWords } from './words'

const column = columnsFor<ListedSupplier>()

const columns = [
  column.accessor('name', {
    header: 'Supplier',
    meta: { rowHeader: true },
    cell: ({ row: { original } }) => (
      <span className="inline-flex flex-wrap items-center gap-x-3">
        <RecordLink href={`/admin/suppliers/${original.id}`}>{original.name}</RecordLink>
        {original.isActive ? null : <StatusMark tone="muted">Inactive</StatusMark>}
      </span>
    ),
  }),
  column.display({
    id: 'contact',
    header: 'Contact',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => original.contactPerson || '–',
  }),
  column.display({
    id: 'phone',
    header: 'Phone',
    cell: ({ row: { original } }) =>
      original.phone ? (
        <a
          href={`tel:${original.phone.replace(/[^\d+]/g, '')}`}
          className="inline-flex min-h-11 items-center md:min-h-7"
        >
          {original.phone}
        </a>
      ) : (
        '–'
      ),
  }),
  column.accessor('rating', {
    header: 'Rating of 5',
    meta: { align: 'end', wideOnly: true },
    cell: ({ getValue }) => getValue(),
  }),
  column.accessor('leadTimeDays', {
    header: 'Lead time, days',
    meta: { align: 'end', wideOnly: true },
    cell: ({ getValue }) => getValue(),
  }),
  column.display({
    id: 'days',
    header: 'Takes orders',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => daysInWords(original.orderDays),
  }),
  column.accessor('ingredients', {
    header: 'Ingredients',
    meta: { align: 'end' },
    cell: ({ getValue }) => getValue(),
  }),
]

/** The suppliers with whom to call; each name leads to its form. */
export function SupplierTable({ suppliers }: { suppliers: ListedSupplier[] }) {
  return (
    <DataTable
      caption="Suppliers"
      columns={columns}
      rows={suppliers}
      rowId={({ id }) => String(id)}
      rowClassName={({ isActive }) => (isActive ? undefined : 'text-muted')}
    />
  )
}
