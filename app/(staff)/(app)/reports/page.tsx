import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain, requirePerson } from '@/app/_server/session'
import { Empty } from '@/app/_ui/empty'
import { PageHeader } from '@/app/_ui/page-header'
import { getChainCountCoverage } from '@/db/queries/count-coverage'
import { cardWords } from '../inventory/[restaurant]/variance/trust'
import { Report } from './report'
import { loadReport } from './report-data'
import { ReportFrame } from './report-frame'
import { readReportView, reportHref } from './search-params'
import { latestToday } from './today'
import { cardCoverage, countWords } from './trust'

export const metadata: Metadata = { title: 'Report' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** All restaurants of the reader together; or, where one was chosen, the way to its report. */
export default async function ChainReportPage({ searchParams }: Props) {
  const scope = await requireChain('reports:read')
  const { restaurants } = await requirePerson()
  const given = await searchParams
  const now = new Date()
  const [first] = restaurants
  if (!first) {
    return (
      <>
        <PageHeader title="Report" />
        <Empty title="You do not work in any restaurant yet">
          Reports appear here once an admin has added you to a restaurant.
        </Empty>
      </>
    )
  }
  const today = latestToday(restaurants, now)
  const view = readReportView(given, today)
  if (given.restaurant) {
    const chosen = restaurants.find(({ slug }) => slug === given.restaurant) ?? notFound()
    redirect(reportHref(chosen.slug, view))
  }
  if (restaurants.length === 1) redirect(reportHref(first.slug, view))
  const format = await readerFormat()
  const data = await loadReport(database(), scope, view, today, restaurants)
  const counts = await getChainCountCoverage(database(), scope, { since: view.range.from })
  return (
    <ReportFrame
      slug={null}
      name={`${restaurants.length.toLocaleString(format.locale)} restaurants`}
      restaurants={restaurants}
      view={view}
      today={today}
      locale={format.locale}
    >
      <Report
        data={data}
        view={view}
        slug={null}
        dayCutoff={first.dayCutoff}
        trust={[
          cardWords(cardCoverage(data.dishes)),
          ...countWords(counts, new Map(restaurants.map(({ id, name }) => [id, name])), {
            now: now.getTime(),
            locale: format.locale,
          }),
        ]}
        format={format}
      />
    </ReportFrame>
  )
}
