import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requirePerson, requireRestaurant } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { ExportLink } from '@/app/_ui/export-link'
import { PageHeader } from '@/app/_ui/page-header'
import { RestaurantSwitcher } from '@/app/_ui/restaurant-switcher'
import { StatusMark } from '@/app/_ui/status-mark'
import { roleMay } from '@/domain/scope'
import { ChannelChips, OrderFilterForm, StatusChips } from './order-filters'
import { OrderResults } from './order-results'
import { loadOrders } from './orders-data'
import { ordersParams, readOrdersView } from './search-params'

type Props = {
  params: Promise<{ restaurant: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { restaurant } = await requireRestaurant((await params).restaurant)
  return { title: `${restaurant.name} orders` }
}

/** One restaurant's business day, order by order. */
export default async function RestaurantOrdersPage({ params, searchParams }: Props) {
  const scope = await requireRestaurant((await params).restaurant)
  const [{ restaurants, role }, format, given] = await Promise.all([
    requirePerson(),
    readerFormat(),
    searchParams,
  ])
  const view = readOrdersView(given)
  const { slug, name, timeZone } = scope.restaurant
  const data = await loadOrders(database(), scope, view, new Date())
  if (data.found !== null) redirect(`/orders/${slug}/${data.found}`)

  const shown = view.day === data.today ? { ...view, day: null } : view
  return (
    <>
      <PageHeader title="Orders" note={name}>
        {restaurants.length > 1 ? (
          <RestaurantSwitcher
            restaurants={restaurants}
            current={slug}
            action="/orders"
            keep={ordersParams({ ...shown, before: null })}
          />
        ) : null}
        <ExportLink list="orders" query={{ ...ordersParams({ ...view, before: null }), restaurant: slug }} />
        {roleMay(role, 'customers:read') ? <LinkButton href="/customers">Customers</LinkButton> : null}
        <LinkButton href={`/kitchen/${slug}`}>Wall</LinkButton>
        <LinkButton href={`/orders/${slug}/new`} variant="primary">
          New order
        </LinkButton>
      </PageHeader>
      {data.leftOpen > 0 ? (
        <p className="pb-3">
          <Link href={`/orders/${slug}/left-open`} prefetch={false}>
            <StatusMark tone="amber">
              {data.leftOpen === 1 ? '1 ticket is' : `${data.leftOpen} tickets are`} still open from days
              before
            </StatusMark>
          </Link>
        </p>
      ) : null}
      <OrderFilterForm slug={slug} view={shown} today={data.today} />
      <StatusChips slug={slug} view={shown} day={data.day} format={format} />
      <ChannelChips slug={slug} view={shown} />
      <OrderResults slug={slug} view={shown} day={data.day} format={format} timeZone={timeZone} />
    </>
  )
}
