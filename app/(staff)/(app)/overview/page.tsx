import type { Metadata } from 'next'
import { listOverview } from '@/db/queries/overview'
import { businessDate } from '@/domain/business-day'
import { roleMay } from '@/domain/scope'
import { database } from '../../../_server/database'
import { readerFormat } from '../../../_server/reader'
import { requireChain, requirePerson } from '../../../_server/session'
import { Difference } from '../../../_ui/difference'
import { Empty } from '../../../_ui/empty'
import { Figure, FigureRow } from '../../../_ui/figure'
import { Money } from '../../../_ui/money'
import { PageHeader } from '../../../_ui/page-header'
import { OverviewTable } from './overview-table'
import { overviewRows, overviewTotals } from './rows'

export const metadata: Metadata = { title: 'Overview' }

/** The manager's first screen: how each restaurant stands now, what needs attention first. */
export default async function OverviewPage() {
  const { restaurants, role } = await requirePerson()
  const scope = await requireChain()
  const now = new Date()
  const days = restaurants.map(({ id, timeZone, dayCutoff }) => ({
    restaurantId: id,
    businessDate: businessDate(now, timeZone, dayCutoff),
  }))
  const rows = overviewRows(restaurants, await listOverview(database(), scope, { now, days }), now)
  const totals = overviewTotals(rows)
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
      <PageHeader title="Overview" />
      <FigureRow>
        <Figure
          label="Open tickets"
          value={totals.open}
          compare={placesOf(rows.length, 'late', totals.lateIn)}
        />
        <Figure
          label="Orders today"
          value={totals.orders}
          compare={<Difference percent={totals.ordersDifference} than="usual" />}
        />
        <Figure
          label="Revenue today"
          value={<Money cents={totals.revenue} format={format} />}
          compare={<Difference percent={totals.revenueDifference} than="usual" />}
        />
        <Figure
          label="Low stock"
          value={totals.lowStock}
          unit={totals.lowStock === 1 ? 'item' : 'items'}
          compare={placesOf(rows.length, 'low', totals.lowIn)}
        />
      </FigureRow>
      <OverviewTable rows={rows} now={now} format={format} stockLinks={roleMay(role, 'stock:read')} />
      <p className="max-w-prose pt-3 text-muted">
        Today is each restaurant’s own trading day. Orders and revenue count what was confirmed and not
        cancelled. Usual is the average of the last four same weekdays up to this time of day.
      </p>
    </>
  )
}

/** Such as "late in 3 of 20 restaurants"; of a single restaurant the word says it all. */
function placesOf(restaurants: number, word: string, places: number): string {
  if (places === 0) return `none ${word}`
  return restaurants === 1 ? word : `${word} in ${places} of ${restaurants} restaurants`
}
