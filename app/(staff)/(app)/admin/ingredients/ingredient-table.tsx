import Link from 'next/link'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import type { MoneyFormat } from '@/app/_ui/money'
import { StatusMark } from '@/app/_ui/status-mark'
import type { ListedIngredient } from '@/db/queries/ingredients'
import { formatQuantity } from '@/domain/quantity'
import { NO_SUPPLIER } from '@/domain/supplier'
import { formatUnitPrice } from '@/domain/unit-price'
import { RecordLink } from '../record-link'

const column = columnsFor<ListedIngredient>()

const columns = ({ currency, locale }: MoneyFormat) => [
  column.accessor('name', {
    header: 'Ingredient',
    meta: { rowHeader: true },
    cell: ({ row: { original } }) => (
      <RecordLink href={`/admin/ingredients/${original.id}`}>{original.name}</RecordLink>
    ),
  }),
  column.display({
    id: 'price',
    header: 'Price',
    meta: { align: 'end' },
    cell: ({ row: { original } }) =>
      original.unitPrice === '0' ? (
        <StatusMark tone="amber">No price</StatusMark>
      ) : (
        <>
          {formatUnitPrice(original.unitPrice, currency, locale)}{' '}
          <span className="text-muted">/ {original.unit}</span>
        </>
      ),
  }),
  column.accessor('supplier', {
    header: 'Supplier',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) =>
      original.supplier === NO_SUPPLIER ? (
        <StatusMark tone="amber">Not assigned</StatusMark>
      ) : (
        <Link href={`/admin/suppliers/${original.supplierId}`} prefetch={false}>
          {original.supplier}
        </Link>
      ),
  }),
  column.display({
    id: 'pack',
    header: 'Pack',
    meta: { align: 'end', wideOnly: true },
    cell: ({ row: { original } }) => formatQuantity(original.packSize, original.unit, locale),
  }),
  column.display({
    id: 'minimum',
    header: 'Minimum',
    meta: { align: 'end', wideOnly: true },
    cell: ({ row: { original } }) => formatQuantity(original.minimum, original.unit, locale),
  }),
  column.display({
    id: 'allergens',
    header: 'Allergens',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => original.allergens.join(', ') || '–',
  }),
  column.accessor('dishes', {
    header: 'Dishes',
    meta: { align: 'end' },
    cell: ({ getValue }) => getValue().toLocaleString(locale),
  }),
]

/** Ingredients with what they cost and where they come from; each name leads to its form. */
export function IngredientTable({
  ingredients,
  format,
}: {
  ingredients: ListedIngredient[]
  format: MoneyFormat
}) {
  return (
    <DataTable
      caption="Ingredients"
      columns={columns(format)}
      rows={ingredients}
      rowId={({ id }) => String(id)}
    />
  )
}
