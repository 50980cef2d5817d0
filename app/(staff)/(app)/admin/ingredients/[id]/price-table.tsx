import { columnsFor, DataTable } from '@/app/_ui/data-table'
import type { MoneyFormat } from '@/app/_ui/money'
import type { PriceChange } from '@/db/queries/audit'
import { formatUnitPrice } from '@/domain/unit-price'
import type { Unit } from '@/domain/vocabulary'

const column = columnsFor<PriceChange>()

/** What an ingredient cost, newest first, and who said so. */
export function PriceTable({
  prices,
  unit,
  format: { currency, locale },
}: {
  prices: PriceChange[]
  unit: Unit
  format: MoneyFormat
}) {
  const columns = [
    column.display({
      id: 'since',
      header: 'Since',
      meta: { rowHeader: true },
      cell: ({ row: { original } }) =>
        new Date(original.at).toLocaleDateString(locale, { dateStyle: 'medium', timeZone: 'UTC' }),
    }),
    column.display({
      id: 'price',
      header: `Price of 1 ${unit}`,
      meta: { align: 'end' },
      cell: ({ row: { original } }) => formatUnitPrice(original.unitPrice, currency, locale),
    }),
    column.display({
      id: 'by',
      header: 'By',
      cell: ({ row: { original } }) => original.by ?? '–',
    }),
  ]
  return (
    <DataTable
      caption="Prices"
      columns={columns}
      rows={prices}
      rowId={({ at, unitPrice }) => `${at} ${unitPrice}`}
    />
  )
}
