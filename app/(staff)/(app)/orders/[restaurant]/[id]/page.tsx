import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { v7 as uuidv7 } from 'uuid'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requirePerson, requireRestaurant } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { Figure, FigureRow } from '@/app/_ui/figure'
import { localTime } from '@/app/_ui/local-time'
import { Money } from '@/app/_ui/money'
import { PageHeader } from '@/app/_ui/page-header'
import { StatusMark } from '@/app/_ui/status-mark'
import { canCancel, canChange } from '@/domain/order'
import { restaurantScope, roleMay } from '@/domain/scope'
import { CHANNEL_WORDS, placeOf, STATUS_TONES, STATUS_WORDS } from '../../words'
import { DishDatalist } from '../dish-datalist'
import { CancelForm } from './cancel-form'
import { ChangeForm } from './change-form'
import { HistoryList } from './history-list'
import { LineTable } from './line-table'
import { MoveForm } from './move-form'
import { MovementTable } from './movement-table'
import { loadOrder, type OrderData } from './order-data'

const LIST = 'dishes-to-add'

type Props = { params: Promise<{ restaurant: string; id: string }> }

/** Asked once, for the title and for the page. */
const orderOf = cache(async (slug: string, id: string): Promise<OrderData> => {
  const person = await requirePerson()
  const scope = await requireRestaurant(slug, 'orders:place')
  const stock = restaurantScope(person, slug, 'stock:read')
  return (await loadOrder(database(), scope, id, stock)) ?? notFound()
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { restaurant, id } = await params
  const { order } = await orderOf(restaurant, id)
  return { title: `Order ${order.callNumber}` }
}

/** Everything about one order: what is on it, what happened to it, and what can still be done with it. */
export default async function OrderPage({ params }: Props) {
  const { restaurant: slug, id } = await params
  const { order, background, movements, dishes } = await orderOf(slug, id)
  const [{ restaurant }, { role }, format] = await Promise.all([
    requireRestaurant(slug, 'orders:place'),
    requirePerson(),
    readerFormat(),
  ])
  const { timeZone } = restaurant
  const pressed = { restaurant: slug, order: order.id, id: uuidv7() }
  const place = placeOf({ ...order, customer: background.customer?.name ?? null })
  const { status } = order
  return (
    <>
      <PageHeader
        title={`Order ${order.callNumber} · ${place}`}
        note={
          <>
            <StatusMark tone={STATUS_TONES[status]}>{STATUS_WORDS[status]}</StatusMark> ·{' '}
            {CHANNEL_WORDS[order.channel]} · {order.orderNumber} ·{' '}
            <Link href={`/orders/${slug}?day=${order.businessDate}`} prefetch={false} className="underline">
              {restaurant.name}, {order.businessDate}
            </Link>
          </>
        }
      >
        <LinkButton href={`/kitchen/${slug}`}>Wall</LinkButton>
        <LinkButton href={`/orders/${slug}/new`}>New order</LinkButton>
      </PageHeader>
      <FigureRow>
        <Figure label="Total" value={<Money cents={order.total} format={format} />} />
        <Figure label="Placed" value={time(order.createdAt)} />
        <Figure label="Fired" value={time(order.confirmedAt)} />
        <Figure label="Ready" value={time(order.readyAt)} compare={ticketTime()} />
        {order.estimatedDelivery ? <Figure label="Promised" value={time(order.estimatedDelivery)} /> : null}
      </FigureRow>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-8 xl:grid-cols-2">
        <div className="grid content-start gap-4">
          <section aria-labelledby="dishes">
            <h2 id="dishes" className="pb-2 text-lg font-semibold">
              Dishes
            </h2>
            <LineTable lines={order.lines} format={format} />
          </section>
          {order.specialInstructions ? (
            <p className="border-l-2 border-amber pl-3 wrap-anywhere whitespace-pre-line">
              {order.specialInstructions}
            </p>
          ) : null}
          <Guest customer={background.customer} hasPage={roleMay(role, 'customers:read')} />
          <section aria-label="What can be done" className="grid gap-2">
            <MoveForm
              pressed={pressed}
              status={status}
              isUnacknowledged={background.unacknowledged !== null}
            />
            {canChange(status) ? (
              <>
                <ChangeForm pressed={pressed} lines={order.lines} list={LIST} />
                <DishDatalist id={LIST} dishes={dishes} format={format} />
              </>
            ) : null}
            {canCancel(status) ? (
              <CancelForm pressed={pressed} status={status} callNumber={order.callNumber} />
            ) : null}
          </section>
        </div>
        <div className="grid content-start gap-8">
          <HistoryList order={order} events={background.events} format={format} timeZone={timeZone} />
          {movements ? (
            <MovementTable movements={movements} timeZone={timeZone} locale={format.locale} />
          ) : null}
        </div>
      </div>
    </>
  )

  function time(instant: string | null) {
    return instant ? localTime(new Date(instant), timeZone, format.locale) : '–'
  }

  function ticketTime() {
    if (!order.readyAt || !order.confirmedAt) return null
    const minutes = (Date.parse(order.readyAt) - Date.parse(order.confirmedAt)) / 60_000
    return `${Math.round(minutes)} min after it was fired`
  }
}

function Guest({
  customer,
  hasPage,
}: {
  customer: OrderData['background']['customer']
  /** Whether the reader may see what else they ordered. */
  hasPage: boolean
}) {
  if (!customer) return null
  return (
    <p>
      {hasPage ? (
        <Link href={`/customers/${customer.id}`} prefetch={false} className="font-semibold underline">
          {customer.name}
        </Link>
      ) : (
        <b>{customer.name}</b>
      )}
      {customer.phone ? (
        <>
          {' · '}
          <a href={`tel:${customer.phone.replace(/[^\d+]/g, '')}`} className="underline">
            {customer.phone}
          </a>
        </>
      ) : null}
      {customer.email ? ` · ${customer.email}` : null}
    </p>
  )
}
