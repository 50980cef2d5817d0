import { ColumnChart } from '@/app/_ui/column-chart'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import type { DayFigures } from '@/db/queries/reports/days'
import type { BusinessDate } from '@/domain/business-day'
import { BesideChart, ReportSection } from './section'
import { axisMoney, begun, dayWords, shortDate } from './words'

type Row = DayFigures & { before: DayFigures | undefined }

/** Revenue and orders, day by day, against the same place in the range before. */
export function RevenueSection({
  days,
  today,
  previous,
  before,
  file,
  format,
}: {
  days: readonly DayFigures[]
  today: BusinessDate
  previous: readonly DayFigures[]
  /** What the range before is called. */
  before: string
  file: string
  format: MoneyFormat
}) {
  const { locale } = format
  return (
    <ReportSection
      id="revenue"
      title="Revenue and orders"
      note="What was confirmed and not cancelled, by business date."
      file={file}
      chart={
        <ColumnChart
          columns={days.map(({ date, revenue }, index) => ({
            label: shortDate(date, locale),
            value: revenue,
            compare: previous[index]?.revenue ?? null,
          }))}
          words="Revenue"
          compareWords={before}
          figure={(cents) => axisMoney(cents, format)}
        />
      }
      table={
        <BesideChart label="Revenue and orders by day">
          <DataTable
            caption="Revenue and orders by day"
            columns={columnsOf(format)}
            rows={begun(days, today).map((day, index): Row => ({ ...day, before: previous[index] }))}
            rowId={({ date }) => date}
          />
        </BesideChart>
      }
    />
  )
}

const column = columnsFor<Row>()

const columnsOf = (format: MoneyFormat) => [
  column.accessor('date', {
    header: 'Day',
    meta: { rowHeader: true, className: 'whitespace-nowrap' },
    cell: ({ row: { original } }) => (
      <>
        {dayWords(original.date, format.locale)}
        <DayNote day={original} />
      </>
    ),
  }),
  column.accessor('orders', {
    header: 'Orders',
    meta: { align: 'end' },
    cell: ({ getValue }) => getValue().toLocaleString(format.locale),
  }),
  column.accessor('revenue', {
    header: 'Revenue',
    meta: { align: 'end' },
    cell: ({ getValue }) => <Money cents={getValue()} format={format} />,
  }),
  column.display({
    id: 'before',
    header: 'Before',
    meta: { align: 'end', wideOnly: true, className: 'text-muted' },
    cell: ({ row: { original } }) =>
      original.before && original.before.placed > 0 ? (
        <Money cents={original.before.revenue} format={format} />
      ) : (
        '–'
      ),
  }),
]

/** Why a day's figures may still change, or have. */
function DayNote({ day: { isLive, recomputedBecause } }: { day: DayFigures }) {
  if (isLive) return <span className="text-muted">, so far</span>
  if (recomputedBecause === 'order_changed')
    return <span className="text-muted">, corrected since: an order changed</span>
  return null
}
