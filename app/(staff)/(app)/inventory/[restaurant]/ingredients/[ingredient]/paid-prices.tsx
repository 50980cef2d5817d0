import { columnsFor, DataTable } from '@/app/_ui/data-table'
import type { MoneyFormat } from '@/app/_ui/money'
import { StatusMark } from '@/app/_ui/status-mark'
import type { PaidPrice } from '@/db/queries/ingredient-use'
import { formatQuantity } from '@/domain/quantity'
import { formatUnitPrice } from '@/domain/unit-price'
import type { Unit } from '@/domain/vocabulary'

const column = columnsFor<PaidPrice>()

/** What deliveries cost, newest first, and where that was not what had been ordered. */
export function PaidPrices({
  paid,
  unit,
  format: { currency, locale },
}: {
  paid: PaidPrice[]
  unit: Unit
  format: MoneyFormat
}) {
  const price = (cents: string) => formatUnitPrice(cents, currency, locale)
  return (
    <DataTable
      caption="Prices paid, the newest delivery first"
      columns={[
        column.accessor('at', {
          header: 'Delivered',
          meta: { rowHeader: true, className: 'whitespace-nowrap' },
          cell: ({ row: { original } }) =>
            new Date(original.at).toLocaleDateString(locale, { dateStyle: 'medium', timeZone: 'UTC' }),
        }),
        column.accessor('supplier', { header: 'From', meta: { wideOnly: true } }),
        column.display({
          id: 'quantity',
          header: 'Came',
          meta: { align: 'end', wideOnly: true },
          cell: ({ row: { original } }) => formatQuantity(original.quantity, unit, locale),
        }),
        column.display({
          id: 'price',
          header: `Price of 1 ${unit}`,
          meta: { align: 'end' },
          cell: ({ row: { original } }) => (
            <>
              {price(original.unitPrice)}
              {original.unitPrice === original.orderedPrice ? null : (
                <StatusMark tone="amber" className="pl-2">
                  ordered at {price(original.orderedPrice)}
                </StatusMark>
              )}
            </>
          ),
        }),
      ]}
      rows={paid}
      rowId={({ orderId, at }) => `${orderId} ${at}`}
    />
  )
}
