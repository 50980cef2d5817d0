import Link from 'next/link'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import type { WasteEntry } from '@/db/queries/waste'
import { formatQuantity } from '@/domain/quantity'
import { momentWords } from '../../figures'
import { WASTE_WORDS } from '../../words'
import { ingredientHref } from '../search-params'

const column = columnsFor<WasteEntry>()

/** What was written off, the newest first. */
export function WasteTable({
  slug,
  entries,
  timeZone,
  format,
}: {
  slug: string
  entries: WasteEntry[]
  timeZone: string
  format: MoneyFormat
}) {
  return (
    <DataTable
      caption="Waste, the newest first"
      columns={[
        column.accessor('at', {
          header: 'When',
          meta: { wideOnly: true, className: 'whitespace-nowrap' },
          cell: ({ row: { original } }) => momentWords(original.at, timeZone, format.locale),
        }),
        column.accessor('ingredient', {
          header: 'Ingredient',
          meta: { rowHeader: true },
          cell: ({ row: { original } }) => (
            <>
              <Link href={ingredientHref(slug, original.ingredientId)} prefetch={false}>
                {original.ingredient}
              </Link>
              <small className="block text-sm text-muted md:hidden">
                {momentWords(original.at, timeZone, format.locale)} · {WASTE_WORDS[original.reason]}
              </small>
            </>
          ),
        }),
        column.accessor('reason', {
          header: 'Why',
          meta: { wideOnly: true },
          cell: ({ row: { original } }) => (
            <>
              {WASTE_WORDS[original.reason]}
              {original.note ? <span className="pl-2 text-muted wrap-anywhere">{original.note}</span> : null}
            </>
          ),
        }),
        column.accessor('by', {
          header: 'By',
          meta: { wideOnly: true },
          cell: ({ getValue }) => getValue() ?? '–',
        }),
        column.display({
          id: 'quantity',
          header: 'Quantity',
          meta: { align: 'end', className: 'whitespace-nowrap' },
          cell: ({ row: { original } }) => formatQuantity(original.quantity, original.unit, format.locale),
        }),
        column.accessor('value', {
          header: 'Value',
          meta: { align: 'end' },
          cell: ({ row: { original } }) => <Money cents={original.value} format={format} />,
        }),
      ]}
      rows={entries}
      rowId={({ id }) => id}
    />
  )
}
