import { LinkButton } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import type { MoneyFormat } from '@/app/_ui/money'
import type { OrderDay } from '@/db/queries/order-day'
import { OrderTable } from './order-table'
import { isFiltered, type OrdersView, ordersHref } from './search-params'

type Props = { slug: string; view: OrdersView; day: OrderDay; format: MoneyFormat; timeZone: string }

/** The page of orders and the way to the next, or why there are none. */
export function OrderResults({ slug, view, day, format, timeZone }: Props) {
  if (day.rows.length === 0) return <NoOrders slug={slug} view={view} />
  return (
    <>
      <OrderTable slug={slug} rows={day.rows} format={format} timeZone={timeZone} />
      {day.next === null && view.before === null ? null : (
        // Pages are known by where they begin, so there is a next one and a first one, and "back" for the one before.
        <nav aria-label="Pages" className="flex justify-end gap-2 py-3">
          {view.before === null ? null : <LinkButton href={ordersHref(slug, view)}>Newest orders</LinkButton>}
          {day.next === null ? null : (
            <LinkButton href={ordersHref(slug, view, { before: day.next })}>Earlier orders</LinkButton>
          )}
        </nav>
      )}
    </>
  )
}

function NoOrders({ slug, view }: { slug: string; view: OrdersView }) {
  if (view.before !== null)
    return (
      <Empty
        title="There are no earlier orders"
        action={<LinkButton href={ordersHref(slug, view)}>Show the newest orders</LinkButton>}
      >
        The list ends before this page.
      </Empty>
    )
  if (isFiltered(view))
    return (
      <Empty
        title="No order fits"
        action={
          <LinkButton href={ordersHref(slug, view, { search: '', channel: null, status: null })}>
            Clear filters
          </LinkButton>
        }
      >
        Try fewer words, another status or another day. A whole order number finds its order of any day.
      </Empty>
    )
  if (view.day !== null)
    return (
      <Empty
        title="Nobody ordered on this day"
        action={<LinkButton href={ordersHref(slug, view, { day: null })}>Show today</LinkButton>}
      >
        Orders are listed under the trading day on which they came in.
      </Empty>
    )
  return (
    <Empty
      title="No orders yet today"
      action={
        <LinkButton href={`/orders/${slug}/new`} variant="primary">
          Take the first order
        </LinkButton>
      }
    >
      Each order of this trading day appears here, wherever it came from, with what became of it.
    </Empty>
  )
}
