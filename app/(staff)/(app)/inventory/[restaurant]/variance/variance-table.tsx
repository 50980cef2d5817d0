import Link from 'next/link'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import type { MoneyFormat } from '@/app/_ui/money'
import type { VarianceRow } from '@/db/queries/stock-variance'
import { formatQuantity } from '@/domain/quantity'
import { signedAmount, signedMoney } from '../../figures'
import { ingredientHref } from '../search-params'

const column = columnsFor<VarianceRow>()

/** What went against what the cards explain, ingredient by ingredient, what costs most first. */
export function VarianceTable({
  slug,
  rows,
  format,
}: {
  slug: string
  rows: VarianceRow[]
  format: MoneyFormat
}) {
  const { locale } = format
  const figure = (
    id: 'opening' | 'received' | 'closing' | 'actual' | 'theoretical' | 'wasted',
    header: string,
    className?: string,
  ) =>
    column.accessor(id, {
      header,
      meta: { align: 'end', wideOnly: true, ...(className && { className }) },
      cell: ({ row: { original } }) =>
        original[id] === '0' ? '–' : formatQuantity(original[id], undefined, locale),
    })
  return (
    <DataTable
      caption="Actual against theoretical use, what costs most first"
      columns={[
        column.accessor('ingredient', {
          header: 'Ingredient',
          meta: { rowHeader: true },
          cell: ({ row: { original } }) => (
            <>
              <Link
                href={ingredientHref(slug, original.ingredientId)}
                prefetch={false}
                className="inline-flex min-h-11 items-center font-semibold wrap-anywhere md:min-h-7"
              >
                {original.ingredient}
              </Link>{' '}
              <span className="text-muted">{original.unit}</span>
            </>
          ),
        }),
        figure('opening', 'Opening', 'max-lg:hidden'),
        figure('received', 'Received', 'max-lg:hidden'),
        column.accessor('transferred', {
          header: 'Transfers',
          meta: { align: 'end', wideOnly: true, className: 'max-xl:hidden' },
          cell: ({ row: { original } }) =>
            original.transferred === '0' ? '–' : signedAmount(original.transferred, locale),
        }),
        figure('closing', 'Closing', 'max-lg:hidden'),
        figure('actual', 'Actual'),
        figure('theoretical', 'By card'),
        figure('wasted', 'Written off', 'max-lg:hidden'),
        column.accessor('variance', {
          header: 'Variance',
          meta: { align: 'end' },
          cell: ({ row: { original } }) =>
            original.variance === '0' ? '–' : signedAmount(original.variance, locale),
        }),
        column.accessor('variancePercent', {
          header: '%',
          meta: { align: 'end', wideOnly: true },
          cell: ({ row: { original } }) =>
            original.variancePercent === null ? '–' : signedAmount(original.variancePercent, locale),
        }),
        column.accessor('varianceValue', {
          header: 'Worth',
          meta: { align: 'end' },
          cell: ({ row: { original } }) => signedMoney(original.varianceValue, format),
        }),
      ]}
      rows={rows}
      rowId={({ ingredientId }) => String(ingredientId)}
    />
  )
}
