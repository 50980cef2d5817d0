import { BarChart } from '@/app/_ui/bar-chart'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import type { ChannelFigures, StationFigures } from '@/db/queries/reports/speed'
import { STATION_WORDS } from '../menu/station-words'
import { CHANNEL_WORDS } from '../orders/words'
import { BesideChart, ReportSection } from './section'
import { minutesText, shareText } from './words'

type Row = Pick<StationFigures, 'tickets' | 'medianMinutes' | 'p90Minutes' | 'lateShare'> & {
  name: string
  dishes: number | null
}

/** How fast each station was, and each way of ordering. */
export function SpeedSection({
  stations,
  channels,
  file,
  locale,
}: {
  stations: readonly StationFigures[]
  channels: readonly ChannelFigures[]
  file: string
  locale: string
}) {
  const rows = [...stations].sort((one, other) => (other.medianMinutes ?? 0) - (one.medianMinutes ?? 0))
  return (
    <ReportSection
      id="stations"
      title="Speed by station"
      note="Minutes from fired until a station ticked off its last dish of the ticket, or until the ticket was ready where nobody ticks."
      file={file}
      chart={
        <BarChart
          title={null}
          note="Median minutes, slowest first"
          rows={rows.map(({ station, medianMinutes }) => ({
            label: STATION_WORDS[station],
            value: medianMinutes ?? 0,
            figure: minutesText(medianMinutes, locale),
            href: null,
          }))}
          scale={{ from: 0, to: rows[0]?.medianMinutes ?? 0 }}
        />
      }
      table={
        <BesideChart label="Speed by station and channel">
          <DataTable
            caption="Minutes by station, then by channel"
            columns={columnsOf(locale)}
            rows={[
              ...rows.map((row): Row => ({ ...row, name: STATION_WORDS[row.station] })),
              ...channels.map((row): Row => ({ ...row, name: CHANNEL_WORDS[row.channel], dishes: null })),
            ]}
            rowId={({ name }) => name}
          />
        </BesideChart>
      }
    />
  )
}

const column = columnsFor<Row>()

const columnsOf = (locale: string) => [
  column.accessor('name', { header: 'Station, channel', meta: { rowHeader: true } }),
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
]
