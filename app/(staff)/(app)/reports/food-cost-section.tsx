import Link from 'next/link'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { Figure, FigureRow } from '@/app/_ui/figure'
import { LineChart } from '@/app/_ui/line-chart'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import type { DayFoodCost, FoodCost } from '@/db/queries/reports/food-cost'
import type { BusinessDate } from '@/domain/business-day'
import { signedMoney } from '../inventory/figures'
import { BesideChart, ReportSection } from './section'
import { axisMoney, begun, dayWords, shortDate } from './words'

/** What the ingredients cost that were used, against what sales and recipe cards explain, and how far to trust that. */
export function FoodCostSection({
  foodCost: { total, days },
  today,
  trust,
  slug,
  file,
  format,
}: {
  foodCost: { total: FoodCost; days: DayFoodCost[] }
  today: BusinessDate
  /** Sentences. */
  trust: readonly string[]
  slug: string | null
  file: string
  format: MoneyFormat
}) {
  const { locale } = format
  const percent = (value: number | null) => (value === null ? '–' : `${value.toLocaleString(locale)} %`)
  return (
    <ReportSection
      id="food-cost"
      title="Food cost"
      note={
        <>
          {trust.join(' ')}
          {slug === null ? null : (
            <>
              {' '}
              <Link href={`/inventory/${slug}/variance`} prefetch={false} className="underline">
                By ingredient
              </Link>
            </>
          )}
        </>
      }
      file={file}
      chart={
        <div>
          <FigureRow>
            <Figure
              label="Actual"
              value={percent(total.actualPercent)}
              compare={<Money cents={total.actual} format={format} />}
            />
            <Figure
              label="By recipe card"
              value={percent(total.theoreticalPercent)}
              compare={<Money cents={total.theoretical} format={format} />}
            />
            <Figure
              label="Not explained"
              value={
                <span className="whitespace-nowrap">
                  {signedMoney(total.actual - total.theoretical, format)}
                </span>
              }
              compare={
                <>
                  of it <Money cents={total.wasted} format={format} /> written off
                </>
              }
            />
          </FigureRow>
          <LineChart
            labels={days.map(({ date }) => shortDate(date, locale))}
            lines={[
              {
                words: 'Actual',
                values: days.map(({ date, actual }) => (date > today ? null : actual)),
                className: 'stroke-ink',
              },
              {
                words: 'By recipe card',
                values: days.map(({ date, theoretical }) => (date > today ? null : theoretical)),
                className: 'stroke-edge',
              },
            ]}
            figure={(cents) => axisMoney(cents, format)}
          />
        </div>
      }
      table={
        <BesideChart label="Food cost by day">
          <DataTable
            caption="Food cost by day"
            columns={columnsOf(format)}
            rows={begun(days, today)}
            rowId={({ date }) => date}
          />
        </BesideChart>
      }
    />
  )
}

const column = columnsFor<DayFoodCost>()

const columnsOf = (format: MoneyFormat) => {
  const money = (id: 'actual' | 'theoretical' | 'wasted', header: string, wideOnly = false) =>
    column.accessor(id, {
      header,
      meta: { align: 'end', wideOnly },
      cell: ({ row: { original } }) => <Money cents={original[id]} format={format} />,
    })
  return [
    column.accessor('date', {
      header: 'Day',
      meta: { rowHeader: true, className: 'whitespace-nowrap' },
      cell: ({ getValue }) => dayWords(getValue(), format.locale),
    }),
    money('actual', 'Actual'),
    money('theoretical', 'By card'),
    money('wasted', 'Written off', true),
    column.accessor('actualPercent', {
      header: 'Of revenue',
      meta: { align: 'end' },
      cell: ({ getValue }) => {
        const percent = getValue()
        return percent === null ? '–' : `${percent.toLocaleString(format.locale)} %`
      },
    }),
  ]
}
