import { HeatMap } from '@/app/_ui/heat-map'
import type { HeatCell } from '@/db/queries/reports/heat-map'
import { heatRows, hoursShown } from './heat'
import { ReportSection } from './section'
import { hourWords, weekdayWords } from './words'

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7]

/** When guests come and when the kitchen is slow, by the hours of the week. */
export function HeatSection({
  cells,
  dayCutoff,
  file,
  locale,
}: {
  cells: readonly HeatCell[]
  /** The hour with which trading days begin. */
  dayCutoff: string
  file: string
  locale: string
}) {
  const hours = hoursShown(cells, Number(dayCutoff.slice(0, 2)))
  const columns = hours.map((hour) => ({ label: String(hour), words: hourWords(hour) }))
  const rows = (of: (cell: HeatCell) => number | null) =>
    heatRows(cells, hours, of).map((values, index) => ({
      label: weekdayWords(WEEKDAYS[index] ?? 1, locale),
      values,
    }))
  const average = (value: number) =>
    value.toLocaleString(locale, { maximumFractionDigits: value < 10 ? 1 : 0 })
  return (
    <ReportSection
      id="hours"
      title="Hours of the week"
      note="By the clock of each restaurant and the weekday of the business date."
      file={file}
      wide
      chart={
        <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-6 2xl:grid-cols-2">
          <figure className="grid content-start gap-2">
            <figcaption className="font-semibold">Orders placed in an hour, on average</figcaption>
            <HeatMap
              caption="Orders placed in an hour, on average, by weekday and hour"
              corner="Weekday"
              columns={columns}
              rows={rows(({ placed, days }) => placed / days)}
              figure={average}
              isCount
            />
          </figure>
          <figure className="grid content-start gap-2">
            <figcaption className="font-semibold">Median ticket time, in minutes</figcaption>
            <HeatMap
              caption="Median ticket time in minutes, by weekday and hour"
              corner="Weekday"
              columns={columns}
              rows={rows(({ medianMinutes }) => medianMinutes)}
              figure={(minutes) => minutes.toLocaleString(locale, { maximumFractionDigits: 0 })}
            />
          </figure>
        </div>
      }
      table={null}
    />
  )
}
