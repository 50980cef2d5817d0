import { columnsFor, DataTable } from '@/app/_ui/data-table'
import type { UseDay } from '@/db/queries/ingredient-use'
import { formatQuantity } from '@/domain/quantity'
import type { Unit } from '@/domain/vocabulary'
import { dateWords, signedAmount } from '../../../figures'

const column = columnsFor<UseDay>()

/** What the chart draws, and what came, the newest day first. */
export function UseTable({ days, unit, locale }: { days: UseDay[]; unit: Unit; locale: string }) {
  const amount = (quantity: string) => (quantity === '0' ? '–' : formatQuantity(quantity, undefined, locale))
  const signed = (quantity: string) => (quantity === '0' ? '–' : signedAmount(quantity, locale))
  const figure = (id: 'received' | 'consumed' | 'wasted', header: string, wideOnly = false) =>
    column.accessor(id, {
      header,
      meta: { align: 'end', wideOnly },
      cell: ({ row: { original } }) => amount(original[id]),
    })
  return (
    <DataTable
      caption={`Use by day, in ${unit}`}
      columns={[
        column.accessor('businessDate', {
          header: 'Day',
          meta: { rowHeader: true },
          cell: ({ row: { original } }) => dateWords(original.businessDate, locale),
        }),
        figure('received', 'Received', true),
        figure('consumed', 'By card'),
        figure('wasted', 'Written off'),
        column.accessor('counted', {
          header: 'Counts',
          meta: { align: 'end' },
          cell: ({ row: { original } }) => signed(original.counted),
        }),
        column.accessor('transferred', {
          header: 'Transfers',
          meta: { align: 'end', wideOnly: true },
          cell: ({ row: { original } }) => signed(original.transferred),
        }),
        column.accessor('onHand', {
          header: 'In the end',
          meta: { align: 'end', wideOnly: true },
          cell: ({ row: { original } }) => formatQuantity(original.onHand, undefined, locale),
        }),
      ]}
      rows={[...days].reverse()}
      rowId={({ businessDate }) => businessDate}
    />
  )
}
