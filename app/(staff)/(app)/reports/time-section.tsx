import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { LineChart } from '@/app/_ui/line-chart'
import type { DayFigures } from '@/db/queries/reports/days'
import type { BusinessDate } from '@/domain/business-day'
import { BesideChart, ReportSection } from './section'
import { begun, dayWords, hourWords, minutesText, shareText, shortDate } from './words'

/** How long tickets took, day by day. */
export function TimeSection({
  days,
  today,
  file,
  locale,
}: {
  days: readonly DayFigures[]
  today: BusinessDate
  file: string
  locale: string
}) {
  return (
    <ReportSection
      id="times"
      title="Ticket time"
      note="Minutes from fired to ready. Half of the tickets were ready within the median, nine of ten within the upper line."
      file={file}
      chart={
        <LineChart
          labels={days.map(({ date }) => shortDate(date, locale))}
          lines={[
            {
              words: '9 of 10 within',
              values: days.map(({ p90Minutes }) => p90Minutes),
              className: 'stroke-edge',
            },
            {
              words: 'Median',
              values: days.map(({ medianMinutes }) => medianMinutes),
              className: 'stroke-ink',
            },
          ]}
          figure={(minutes) => `${minutes.toLocaleString(locale)} min`}
        />
      }
      table={
        <BesideChart label="Ticket time by day">
          <DataTable
            caption="Ticket time by day, in minutes"
            columns={columnsOf(
              locale,
              days.some(({ peakHour }) => peakHour !== null),
            )}
            rows={begun(days, today)}
            rowId={({ date }) => date}
          />
        </BesideChart>
      }
    />
  )
}

const column = columnsFor<DayFigures>()

/** @param hasPeaks whether it is known which hour was the busiest: of several restaurants together it is not */
const columnsOf = (locale: string, hasPeaks: boolean) => [
  column.accessor('date', {
    header: 'Day',
    meta: { rowHeader: true, className: 'whitespace-nowrap' },
    cell: ({ getValue }) => dayWords(getValue(), locale),
  }),
  column.accessor('tickets', {
    header: 'Tickets',
    meta: { align: 'end', wideOnly: true },
    cell: ({ getValue }) => getValue().toLocaleString(locale),
  }),
  column.accessor('medianMinutes', {
    header: 'Median',
    meta: { align: 'end' },
    cell: ({ getValue }) => minutesText(getValue(), locale),
  }),
  column.accessor('p90Minutes', {
    header: '9 of 10 within',
    meta: { align: 'end' },
    cell: ({ getValue }) => minutesText(getValue(), locale),
  }),
  column.accessor('lateShare', {
    header: 'Late',
    meta: { align: 'end' },
    cell: ({ getValue }) => shareText(getValue(), locale),
  }),
  ...(hasPeaks
    ? [
        column.accessor('peakHour', {
          header: 'Busiest',
          meta: { align: 'end', wideOnly: true },
          cell: ({ getValue }) => {
            const hour = getValue()
            return hour === null ? '–' : hourWords(hour)
          },
        }),
      ]
    : []),
]
