import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import type { BulkField } from '@/domain/bulk-change'
import { formatMoney } from '@/domain/money'

export type PreviewRow = {
  id: number
  name: string
  category: string
  was: number | boolean
  to: number | boolean
}

const column = columnsFor<PreviewRow>()

/** Every dish that changes: what it is now, and what it will be. */
export function PreviewTable({
  rows,
  field,
  categories,
  format,
}: {
  rows: PreviewRow[]
  field: BulkField
  categories: ReadonlyMap<number, string>
  format: MoneyFormat
}) {
  const shown = (value: number | boolean) => {
    if (field === 'price') return <Money cents={Number(value)} format={format} />
    if (field === 'categoryId') return categories.get(Number(value)) ?? '–'
    return value ? 'on the menu' : 'not on the menu'
  }
  const columns = [
    column.accessor('name', { header: 'Dish', meta: { rowHeader: true } }),
    ...(field === 'categoryId'
      ? []
      : [column.accessor('category', { header: 'Category', meta: { wideOnly: true } })]),
    column.accessor('was', {
      header: 'Before',
      meta: { align: 'end' },
      cell: ({ getValue }) => shown(getValue()),
    }),
    column.accessor('to', {
      header: 'After',
      meta: { align: 'end' },
      cell: ({ getValue }) => <b>{shown(getValue())}</b>,
    }),
    ...(field === 'price' ? [differenceColumn(format)] : []),
  ]
  return <DataTable caption="What changes" columns={columns} rows={rows} rowId={({ id }) => String(id)} />
}

const differenceColumn = (format: MoneyFormat) =>
  column.display({
    id: 'difference',
    header: 'Difference',
    meta: { align: 'end' },
    cell: ({ row: { original } }) => {
      const cents = Number(original.to) - Number(original.was)
      return `${cents < 0 ? '−' : '+'}${formatMoney(Math.abs(cents), format.currency, format.locale)}`
    },
  })
