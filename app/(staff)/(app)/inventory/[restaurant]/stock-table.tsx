import Link from 'next/link'
import { columnsFor, DataTable, type Sort } from '@/app/_ui/data-table'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import { StatusMark } from '@/app/_ui/status-mark'
import { timeAgo } from '@/app/_ui/time-ago'
import { STOCK_SORTS, type StockRow } from '@/db/queries/stock'
import { formatQuantity } from '@/domain/quantity'
import { daysWords } from '../figures'
import { AREA_WORDS } from '../words'
import { RuleCell } from './rule-cell'
import { ingredientHref, type StockView, stockHref } from './search-params'

type Props = { slug: string; rows: StockRow[]; view: StockView; format: MoneyFormat; now: number }

/** What a restaurant has, row by row; each name leads to its journal. */
export function StockTable(props: Props) {
  const { slug, rows, view } = props
  const sortHref = ({ id, desc }: Sort) =>
    stockHref(slug, view, { sort: STOCK_SORTS.find((sort) => sort === id) ?? view.sort, descending: desc })
  return (
    <DataTable
      caption="Ingredients in stock"
      columns={columnsOf(props)}
      rows={rows}
      rowId={({ ingredientId }) => String(ingredientId)}
      sort={{ id: view.sort, desc: view.descending }}
      sortHref={sortHref}
    />
  )
}

const column = columnsFor<StockRow>()

function columnsOf({ slug, format, now }: Props) {
  const { locale } = format
  const amount = (quantity: string | null) =>
    quantity === null ? '–' : formatQuantity(quantity, undefined, locale)
  return [
    column.accessor('ingredient', {
      id: 'name',
      header: 'Ingredient',
      meta: { rowHeader: true, className: 'w-full md:w-auto' },
      cell: ({ row: { original } }) => (
        <>
          <Link
            href={ingredientHref(slug, original.ingredientId)}
            prefetch={false}
            className="inline-flex min-h-11 items-center font-semibold wrap-anywhere md:min-h-7"
          >
            {original.ingredient}
          </Link>
          <small className="block pb-1 text-sm text-muted md:hidden">{original.supplier}</small>
        </>
      ),
    }),
    column.accessor('supplier', { header: 'Supplier', meta: { wideOnly: true } }),
    column.accessor('storageArea', {
      header: 'Kept',
      enableSorting: false,
      meta: { wideOnly: true, className: 'max-xl:hidden' },
      cell: ({ row: { original } }) => AREA_WORDS[original.storageArea],
    }),
    column.display({
      id: 'onHand',
      header: 'On hand',
      meta: { align: 'end' },
      cell: ({ row: { original } }) => (
        <>
          <Level row={original} />{' '}
          <span className="whitespace-nowrap">{formatQuantity(original.onHand, original.unit, locale)}</span>
          <small className="block text-sm whitespace-nowrap text-muted md:hidden">
            min {amount(original.minimum)}, par {amount(original.par)}
          </small>
        </>
      ),
    }),
    column.display({
      id: 'rule',
      header: 'Minimum – par',
      meta: { align: 'end', wideOnly: true },
      cell: ({ row: { original } }) => (
        <RuleCell
          restaurant={slug}
          ingredient={original.ingredientId}
          name={original.ingredient}
          unit={original.unit}
          minimum={original.minimum}
          par={original.par}
          shown={`${amount(original.minimum)} – ${amount(original.par)}`}
        />
      ),
    }),
    column.display({
      id: 'onOrder',
      header: 'On order',
      meta: { align: 'end', wideOnly: true },
      cell: ({ row: { original } }) => (original.onOrder === '0' ? '–' : amount(original.onOrder)),
    }),
    column.display({
      id: 'use',
      header: 'Used a day',
      meta: { align: 'end', wideOnly: true },
      cell: ({ row: { original } }) => amount(original.averageUse),
    }),
    column.accessor('daysLeft', {
      id: 'days_left',
      header: 'Lasts',
      meta: { align: 'end' },
      cell: ({ row: { original } }) => daysWords(original.daysLeft, locale),
    }),
    column.accessor('value', {
      header: 'Value',
      meta: { align: 'end', wideOnly: true },
      cell: ({ row: { original } }) => <Money cents={original.value} format={format} />,
    }),
    column.accessor('movedAt', {
      id: 'moved',
      header: 'Moved',
      meta: { align: 'end', wideOnly: true, className: 'max-lg:hidden' },
      cell: ({ row: { original } }) => timeAgo(original.movedAt, now),
    }),
  ]
}

/** Says what is low or out, in words and shape. */
export const Level = ({ row }: { row: Pick<StockRow, 'isLow' | 'isOut'> }) =>
  row.isOut ? (
    <StatusMark tone="red">OUT</StatusMark>
  ) : row.isLow ? (
    <StatusMark tone="amber">low</StatusMark>
  ) : null
