import { BarChart } from '@/app/_ui/bar-chart'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import { formatMoney } from '@/domain/money'
import type { WasteCause } from '@/domain/vocabulary'
import { WASTE_WORDS } from '../inventory/words'
import { BesideChart, ReportSection } from './section'
import { shareText } from './words'

const wasteWords = (cause: WasteCause): string =>
  cause === 'cancelled_order' ? 'Order cancelled after firing' : WASTE_WORDS[cause]

/** Cents. */
type Waste = { cause: WasteCause; value: number }
type Row = Waste & { share: number | null }

/** What was thrown away, by why. */
export function WasteSection({
  waste,
  revenue,
  slug,
  file,
  format,
}: {
  waste: readonly Waste[]
  /** Of the same days. */
  revenue: number
  slug: string | null
  file: string
  format: MoneyFormat
}) {
  const { currency, locale } = format
  const total = waste.reduce((sum, { value }) => sum + value, 0)
  const href = slug === null ? null : `/inventory/${slug}/waste`
  return (
    <ReportSection
      id="waste"
      title="Waste"
      note={
        total === 0
          ? 'Nothing was written off in these days, or nobody wrote it down.'
          : `${formatMoney(total, currency, locale)} were written off, ${shareText(revenue > 0 ? total / revenue : null, locale)} of revenue.`
      }
      file={file}
      chart={
        <BarChart
          title={null}
          note={total === 0 ? '' : 'Most first'}
          rows={waste.map(({ cause, value }) => ({
            label: wasteWords(cause),
            value,
            figure: formatMoney(value, currency, locale),
            href,
          }))}
          scale={{ from: 0, to: waste[0]?.value ?? 0 }}
        />
      }
      table={
        <BesideChart label="Waste by reason">
          <DataTable
            caption="Waste by reason"
            columns={columnsOf(format)}
            rows={waste.map((row): Row => ({ ...row, share: total > 0 ? row.value / total : null }))}
            rowId={({ cause }) => cause}
          />
        </BesideChart>
      }
    />
  )
}

const column = columnsFor<Row>()

const columnsOf = (format: MoneyFormat) => [
  column.accessor('cause', {
    header: 'Reason',
    meta: { rowHeader: true },
    cell: ({ getValue }) => wasteWords(getValue()),
  }),
  column.accessor('value', {
    header: 'Worth',
    meta: { align: 'end' },
    cell: ({ getValue }) => <Money cents={getValue()} format={format} />,
  }),
  column.accessor('share', {
    header: 'Share',
    meta: { align: 'end' },
    cell: ({ getValue }) => shareText(getValue(), format.locale),
  }),
]
