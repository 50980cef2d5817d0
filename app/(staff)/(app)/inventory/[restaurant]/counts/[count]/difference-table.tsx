import { columnsFor, DataTable } from '@/app/_ui/data-table'
import type { MoneyFormat } from '@/app/_ui/money'
import type { CountSheetLine } from '@/db/queries/stock-counts'
import { formatQuantity } from '@/domain/quantity'
import { signedAmount, signedMoney } from '../../../figures'

const column = columnsFor<CountSheetLine>()

/** What was counted against what should be there, what costs most first. */
export function DifferenceTable({
  lines,
  format,
}: {
  lines: readonly CountSheetLine[]
  format: MoneyFormat
}) {
  const { locale } = format
  const rows = lines
    .filter(({ counted }) => counted !== null)
    .sort((a, b) => Math.abs(b.value ?? 0) - Math.abs(a.value ?? 0))
  const change = ({ difference }: CountSheetLine) =>
    difference === null || difference === '0' ? '–' : signedAmount(difference, locale)
  const amount = (quantity: string | null) =>
    quantity === null ? '–' : formatQuantity(quantity, undefined, locale)
  return (
    <DataTable
      caption="Counted against expected, what costs most first"
      columns={[
        column.accessor('ingredient', { header: 'Ingredient', meta: { rowHeader: true } }),
        column.accessor('expected', {
          header: 'Should be',
          meta: { align: 'end', wideOnly: true },
          cell: ({ getValue }) => amount(getValue()),
        }),
        column.accessor('counted', {
          header: 'Counted',
          meta: { align: 'end' },
          cell: ({ row: { original } }) => (
            <>
              {amount(original.counted)} <span className="text-muted">{original.unit}</span>
              <small className="block text-sm text-muted md:hidden">{change(original)}</small>
            </>
          ),
        }),
        column.accessor('difference', {
          header: 'Difference',
          meta: { align: 'end', wideOnly: true },
          cell: ({ row: { original } }) => change(original),
        }),
        column.accessor('value', {
          header: 'Worth',
          meta: { align: 'end', className: 'whitespace-nowrap' },
          cell: ({ getValue }) => (getValue() ? signedMoney(getValue() ?? 0, format) : '–'),
        }),
        column.display({
          id: 'by',
          header: 'By',
          meta: { wideOnly: true },
          cell: ({ row: { original } }) => original.countedBy ?? '–',
        }),
      ]}
      rows={rows}
      rowId={({ ingredientId }) => String(ingredientId)}
    />
  )
}
