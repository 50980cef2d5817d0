import type { Metadata } from 'next'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireRestaurant } from '@/app/_server/session'
import { Empty } from '@/app/_ui/empty'
import { Figure, FigureRow } from '@/app/_ui/figure'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import { PageHeader } from '@/app/_ui/page-header'
import { getStockVariance, type Variance } from '@/db/queries/stock-variance'
import { businessDate } from '@/domain/business-day'
import { dateWords, signedMoney } from '../../figures'
import { PeriodForm } from './period-form'
import { readPeriod } from './search-params'
import { trustWords } from './trust'
import { VarianceTable } from './variance-table'

export const metadata: Metadata = { title: 'Variance' }

const MOST_ROWS = 100

type Props = {
  params: Promise<{ restaurant: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** What the kitchen went through against what sales and recipe cards explain, and how far to trust that. */
export default async function VariancePage({ params, searchParams }: Props) {
  const scope = await requireRestaurant((await params).restaurant, 'stock:read')
  const { slug, name, timeZone, dayCutoff } = scope.restaurant
  const now = new Date()
  const today = businessDate(now, timeZone, dayCutoff)
  const period = readPeriod(await searchParams, today)
  const [{ rows, totals, trust }, format] = await Promise.all([
    getStockVariance(database(), scope, { ...period, today, limit: MOST_ROWS }),
    readerFormat(),
  ])
  const { locale } = format
  return (
    <>
      <PageHeader
        title="Variance"
        note={`${name}, ${dateWords(period.from, locale)} to ${dateWords(period.to, locale)}`}
      />
      <PeriodForm slug={slug} period={period} today={today} />
      {rows.length === 0 ? (
        <Empty title="Nothing moved in these days">
          Each ingredient that was sold, delivered, counted or written off appears here.
        </Empty>
      ) : (
        <>
          <Totals totals={totals} format={format} />
          <p className="max-w-prose pb-6">
            {trustWords(trust, totals.items, { now: now.getTime(), locale }).join(' ')}
          </p>
          <VarianceTable slug={slug} rows={rows} format={format} />
          {totals.items > rows.length ? (
            <p className="pt-3 text-muted">
              The {rows.length} that cost most are shown, of {totals.items.toLocaleString(locale)}.
            </p>
          ) : null}
        </>
      )}
    </>
  )
}

function Totals({ totals, format }: { totals: Variance['totals']; format: MoneyFormat }) {
  const { actualValue, theoreticalValue, varianceValue, wastedValue } = totals
  const percent = theoreticalValue > 0 ? Math.round((1000 * varianceValue) / theoreticalValue) / 10 : null
  return (
    <FigureRow>
      <Figure
        label="Actual use"
        value={<Money cents={actualValue} format={format} />}
        compare="opening + received − closing"
      />
      <Figure
        label="Theoretical use"
        value={<Money cents={theoreticalValue} format={format} />}
        compare="sales × recipe card"
      />
      <Figure
        label="Variance"
        value={signedMoney(varianceValue, format)}
        compare={
          percent === null
            ? 'nothing was sold'
            : `${percent.toLocaleString(format.locale)} % of theoretical use`
        }
      />
      <Figure
        label="Of it written off"
        value={<Money cents={wastedValue} format={format} />}
        compare="at today’s list prices"
      />
    </FigureRow>
  )
}
