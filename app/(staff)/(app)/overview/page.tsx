import type { Metadata } from 'next'
import { listOverview } from '@/db/queries/overview'
import { businessDate } from '@/domain/business-day'
import { roleMay } from '@/domain/scope'
import { withUsual } from '@/domain/usual-sales'
import { database } from '../../../_server/database'
import { readerFormat } from '../../../_server/reader'
import { requireChain, requirePerson } from '../../../_server/session'
import { Difference } from '../../../_ui/difference'
import { Empty } from '../../../_ui/empty'
import { Figure, FigureRow } from '../../../_ui/figure'
import { Money, type MoneyFormat } from '../../../_ui/money'
import { PageHeader } from '../../../_ui/page-header'
import { Refresh } from '../../../_ui/refresh'
import { overviewLines } from './lines'
import { OverviewBoard } from './overview-board'
import { type OverviewTotals, overviewRows, overviewTotals, sharePercent } from './rows'
import { readOverviewView } from './search-params'
import { usualSales } from './usual-sales'

export const metadata: Metadata = { title: 'Overview' }

/**
 * Live by asking again, not by the walls' stream: that tells what happens to one restaurant's tickets, and this page is
 * about sums over hundreds of them that also change while nothing happens, as tickets grow old and screens fall silent.
 * One query every so often, beside what is usual and kept at hand, costs the same on a quiet day and in the rush.
 */
const EVERY_SECONDS = 15

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** The manager's first screen: how each restaurant stands now, what needs attention first. */
export default async function OverviewPage({ searchParams }: Props) {
  const { restaurants, role } = await requirePerson()
  const scope = await requireChain()
  const now = new Date()
  const days = restaurants.map(({ id, timeZone, dayCutoff }) => ({
    restaurantId: id,
    businessDate: businessDate(now, timeZone, dayCutoff),
  }))
  const today = await listOverview(database(), scope, { now, days })
  const usual = await usualSales(database(), scope, today)
  const rows = overviewRows(restaurants, withUsual(today, usual), now)
  const format = await readerFormat()

  if (rows.length === 0) {
    return (
      <>
        <PageHeader title="Overview" />
        <Empty title="You do not work in any restaurant yet">
          Your restaurants appear here once an admin has added you to them.
        </Empty>
      </>
    )
  }
  return (
    <>
      <PageHeader title="Overview">
        <Refresh stamp={now.getTime()} seconds={EVERY_SECONDS} />
      </PageHeader>
      <Totals totals={overviewTotals(rows)} restaurants={rows.length} format={format} />
      <OverviewBoard
        lines={overviewLines(rows, now, format)}
        view={readOverviewView(await searchParams)}
        links={{
          stockLinks: roleMay(role, 'stock:read'),
          screenLinks: roleMay(role, 'devices:manage'),
          reportLinks: roleMay(role, 'reports:read'),
        }}
      />
      <p className="max-w-prose pt-3 text-muted">
        Today is each restaurant’s own trading day. Orders and revenue count what was confirmed and not
        cancelled. Usual is the average of the last four same weekdays up to this time of day; the tick on a
        bar marks it. Late is by the thresholds of the wall: tickets that were ready too late, or still are
        not.
      </p>
    </>
  )
}

function Totals({
  totals,
  restaurants,
  format,
}: {
  totals: OverviewTotals
  restaurants: number
  format: MoneyFormat
}) {
  const { locale } = format
  const share = sharePercent(totals.late, totals.judged)
  return (
    <FigureRow>
      <Figure
        label="Open tickets"
        value={totals.open.toLocaleString(locale)}
        compare={placesOf(restaurants, 'late', totals.lateIn)}
      />
      <Figure
        label="Late today"
        value={share === null ? '–' : `${share} %`}
        compare={
          share === null
            ? 'no ticket yet'
            : `${totals.late.toLocaleString(locale)} of ${totals.judged.toLocaleString(locale)} tickets`
        }
      />
      <Figure
        label="Orders today"
        value={totals.orders.toLocaleString(locale)}
        compare={<Difference percent={totals.ordersDifference} than="usual" />}
      />
      <Figure
        label="Revenue today"
        value={<Money cents={totals.revenue} format={format} />}
        compare={<Difference percent={totals.revenueDifference} than="usual" />}
      />
      <Figure
        label="Stock alerts"
        value={totals.alerts.toLocaleString(locale)}
        compare={placesOf(restaurants, 'something out', totals.outIn, 'nothing out')}
      />
      <Figure
        label="Silent screens"
        value={totals.silent.toLocaleString(locale)}
        compare={placesOf(restaurants, 'silent', totals.silentIn)}
      />
    </FigureRow>
  )
}

/** Such as "late in 3 of 20 restaurants"; of a single restaurant the word says it all. */
function placesOf(restaurants: number, word: string, places: number, none = `none ${word}`): string {
  if (places === 0) return none
  return restaurants === 1 ? word : `${word} in ${places} of ${restaurants} restaurants`
}
