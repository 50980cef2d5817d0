import Link from 'next/link'
import { Bar } from '@/app/_ui/bar'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import type { RestaurantLine } from './report-data'
import { type ReportView, reportHref } from './search-params'
import { BesideChart, ReportSection } from './section'
import { minutesText, shareText } from './words'

/** The restaurants side by side, what brought most first. */
export function RestaurantsSection({
  restaurants,
  view,
  file,
  format,
}: {
  restaurants: readonly RestaurantLine[]
  view: ReportView
  file: string
  format: MoneyFormat
}) {
  const most = Math.max(0, ...restaurants.map(({ revenue }) => revenue))
  return (
    <ReportSection
      id="restaurants"
      title="Restaurants"
      note="By revenue; each name leads to the same report of that restaurant."
      file={file}
      wide
      chart={null}
      table={
        <BesideChart label="Restaurants">
          <DataTable
            caption="Restaurants by revenue"
            columns={columnsOf(view, most, format)}
            rows={[...restaurants]}
            rowId={({ slug }) => slug}
          />
        </BesideChart>
      }
    />
  )
}

const column = columnsFor<RestaurantLine>()

const columnsOf = (view: ReportView, most: number, format: MoneyFormat) => [
  column.accessor('name', {
    header: 'Restaurant',
    meta: { rowHeader: true },
    cell: ({ row: { original } }) => (
      <Link href={reportHref(original.slug, view)} prefetch={false}>
        {original.name}
      </Link>
    ),
  }),
  column.display({
    id: 'bar',
    header: () => <span className="sr-only">Of the largest</span>,
    meta: { wideOnly: true, className: 'w-1/4' },
    cell: ({ row: { original } }) => <Bar value={original.revenue} max={most} />,
  }),
  column.accessor('revenue', {
    header: 'Revenue',
    meta: { align: 'end' },
    cell: ({ getValue }) => <Money cents={getValue()} format={format} />,
  }),
  column.accessor('orders', {
    header: 'Orders',
    meta: { align: 'end' },
    cell: ({ getValue }) => getValue().toLocaleString(format.locale),
  }),
  column.accessor('averageCheck', {
    header: 'Average check',
    meta: { align: 'end', wideOnly: true },
    cell: ({ getValue }) => {
      const cents = getValue()
      return cents === null ? '–' : <Money cents={Math.round(cents)} format={format} />
    },
  }),
  column.accessor('averageMinutes', {
    header: 'Minutes, average',
    meta: { align: 'end', wideOnly: true },
    cell: ({ getValue }) => minutesText(getValue(), format.locale),
  }),
  column.accessor('lateShare', {
    header: 'Late',
    meta: { align: 'end' },
    cell: ({ getValue }) => shareText(getValue(), format.locale),
  }),
]
