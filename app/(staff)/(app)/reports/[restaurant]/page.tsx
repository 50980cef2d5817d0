import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requirePerson, requireRestaurant } from '@/app/_server/session'
import { getCountCoverage } from '@/db/queries/count-coverage'
import { restaurantScope } from '@/domain/scope'
import { trustWords } from '../../inventory/[restaurant]/variance/trust'
import { Report } from '../report'
import { loadReport } from '../report-data'
import { ReportFrame } from '../report-frame'
import { readReportView } from '../search-params'
import { latestToday } from '../today'
import { cardCoverage } from '../trust'

type Props = {
  params: Promise<{ restaurant: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { restaurant } = await requireRestaurant((await params).restaurant, 'reports:read')
  return { title: `${restaurant.name} report` }
}

/** One restaurant over a range of its business dates. */
export default async function RestaurantReportPage({ params, searchParams }: Props) {
  const scope = await requireRestaurant((await params).restaurant, 'reports:read')
  const person = await requirePerson()
  const { slug, name, dayCutoff } = scope.restaurant
  const stock = restaurantScope(person, slug, 'stock:read') ?? notFound()
  const now = new Date()
  const today = latestToday([scope.restaurant], now)
  const view = readReportView(await searchParams, today)
  const format = await readerFormat()
  const data = await loadReport(database(), scope, view, today, person.restaurants)
  const counts = await getCountCoverage(database(), stock, { since: view.range.from })
  return (
    <ReportFrame
      slug={slug}
      name={name}
      restaurants={person.restaurants}
      view={view}
      today={today}
      locale={format.locale}
    >
      <Report
        data={data}
        view={view}
        slug={slug}
        dayCutoff={dayCutoff}
        trust={trustWords({ ...counts, ...cardCoverage(data.dishes) }, counts.items, {
          now: now.getTime(),
          locale: format.locale,
        })}
        format={format}
      />
    </ReportFrame>
  )
}
