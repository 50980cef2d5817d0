import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import { StatusMark, type Tone } from '@/app/_ui/status-mark'
import type { OrderDetails } from '@/domain/api'
import type { ItemStatus } from '@/domain/vocabulary'

type Line = OrderDetails['lines'][number]

const column = columnsFor<Line>()
const ITEM: Record<ItemStatus, { tone: Tone; word: string }> = {
  waiting: { tone: 'muted', word: 'Waiting' },
  cooking: { tone: 'blue', word: 'Cooking' },
  done: { tone: 'green', word: 'Done' },
}

/** The order's lines as they were sold, with how far each is. */
export function LineTable({ lines, format }: { lines: Line[]; format: MoneyFormat }) {
  return (
    <DataTable
      caption="Dishes"
      columns={[
        column.accessor('quantity', { header: 'Qty', meta: { align: 'end' } }),
        column.accessor('name', {
          header: 'Dish',
          meta: { rowHeader: true, className: 'w-full' },
          cell: ({ row: { original } }) => (
            <>
              <span className="wrap-anywhere">{original.name}</span>
              {original.specialRequests ? (
                <small className="block text-sm font-semibold wrap-anywhere">
                  {original.specialRequests}
                </small>
              ) : null}
            </>
          ),
        }),
        column.accessor('status', {
          header: 'State',
          cell: ({ row: { original } }) => <ItemMark status={original.status} />,
        }),
        column.accessor('unitPrice', {
          header: 'Each',
          meta: { align: 'end', wideOnly: true },
          cell: ({ getValue }) => <Money cents={getValue()} format={format} />,
        }),
        column.accessor('subtotal', {
          header: 'Sum',
          meta: { align: 'end' },
          cell: ({ getValue }) => <Money cents={getValue()} format={format} />,
        }),
      ]}
      rows={lines}
      rowId={({ line }) => String(line)}
    />
  )
}

const ItemMark = ({ status }: { status: ItemStatus }) => (
  <StatusMark tone={ITEM[status].tone}>{ITEM[status].word}</StatusMark>
)
