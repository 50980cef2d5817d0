import Link from 'next/link'
import { BarChart } from '@/app/_ui/bar-chart'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import type { SoldDish } from '@/db/queries/reports/product-mix'
import { BesideChart, ReportSection } from './section'
import { shareText } from './words'

const MOST_BARS = 12

/** What was sold: the dishes that bring most, and all of them. */
export function MixSection({
  dishes,
  slug,
  file,
  format,
}: {
  /** The one with most revenue first. */
  dishes: readonly SoldDish[]
  slug: string | null
  file: string
  format: MoneyFormat
}) {
  const top = dishes.slice(0, MOST_BARS)
  return (
    <ReportSection
      id="mix"
      title="Product mix"
      note={`${dishes.length.toLocaleString(format.locale)} dishes were sold, by what they brought.`}
      file={file}
      chart={
        <BarChart
          title={null}
          note={dishes.length > top.length ? `The first ${top.length}, by revenue` : 'By revenue'}
          rows={top.map(({ name, revenue, shareOfRevenue }) => ({
            label: name,
            value: revenue,
            figure: shareText(shareOfRevenue, format.locale),
            href: dishHref(name, slug),
          }))}
          scale={{ from: 0, to: top[0]?.revenue ?? 0 }}
        />
      }
      table={
        <BesideChart label="Product mix">
          <DataTable
            caption="Dishes by revenue"
            columns={columnsOf(slug, format)}
            rows={[...dishes]}
            rowId={({ menuItemId }) => String(menuItemId)}
          />
        </BesideChart>
      }
    />
  )
}

/** The dish on the menu, as the reader may see it. */
const dishHref = (name: string, slug: string | null): string =>
  `/menu?${new URLSearchParams({ q: name, ...(slug !== null && { restaurant: slug }) })}`

const column = columnsFor<SoldDish>()

const columnsOf = (slug: string | null, format: MoneyFormat) => [
  column.accessor('name', {
    header: 'Dish',
    meta: { rowHeader: true },
    cell: ({ row: { original } }) => (
      <>
        <Link href={dishHref(original.name, slug)} prefetch={false} className="wrap-anywhere">
          {original.name}
        </Link>{' '}
        <span className="text-sm text-muted">{original.category}</span>
      </>
    ),
  }),
  column.accessor('units', {
    header: 'Portions',
    meta: { align: 'end' },
    cell: ({ getValue }) => getValue().toLocaleString(format.locale),
  }),
  column.accessor('revenue', {
    header: 'Revenue',
    meta: { align: 'end' },
    cell: ({ getValue }) => <Money cents={getValue()} format={format} />,
  }),
]
