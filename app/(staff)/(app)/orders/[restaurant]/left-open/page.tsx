import type { Metadata } from 'next'
import { v7 as uuidv7 } from 'uuid'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireRestaurant } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { PageHeader } from '@/app/_ui/page-header'
import { listLeftOpen } from '@/db/queries/left-open'
import { businessDate } from '@/domain/business-day'
import { LeftOpenForm } from './left-open-form'
import { LeftOpenTable } from './left-open-table'

/** More than a kitchen forgets in a week; what is beyond appears once these are dealt with. */
const MOST_SHOWN = 100

type Props = { params: Promise<{ restaurant: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { restaurant } = await requireRestaurant((await params).restaurant, 'orders:place')
  return { title: `${restaurant.name}: left open` }
}

/** Tickets of days that are over and that nobody handed over or cancelled, to be put right in one go. */
export default async function LeftOpenPage({ params }: Props) {
  const scope = await requireRestaurant((await params).restaurant, 'orders:place')
  const { slug, name, timeZone, dayCutoff } = scope.restaurant
  const today = businessDate(new Date(), timeZone, dayCutoff)
  const [tickets, format] = await Promise.all([
    listLeftOpen(database(), scope, { today, limit: MOST_SHOWN }),
    readerFormat(),
  ])
  return (
    <>
      <PageHeader title="Left open" note={name}>
        <LinkButton href={`/orders/${slug}`}>Orders of today</LinkButton>
        <LinkButton href={`/kitchen/${slug}`}>Wall</LinkButton>
      </PageHeader>
      {tickets.length === 0 ? (
        <Empty
          title="No ticket was left open"
          action={<LinkButton href={`/orders/${slug}`}>Orders of today</LinkButton>}
        >
          A ticket that is still open when its trading day ends appears here until somebody says what became
          of it.
        </Empty>
      ) : (
        <>
          <p className="max-w-prose pb-3 text-muted">
            These are of trading days that are over. They stay on the wall, and count as open, until somebody
            says what became of them; the figures of their day follow.
          </p>
          <LeftOpenForm restaurant={slug} id={uuidv7()}>
            <LeftOpenTable slug={slug} tickets={tickets} format={format} />
          </LeftOpenForm>
        </>
      )}
    </>
  )
}
