import Form from 'next/form'
import Link from 'next/link'
import { Button } from '@/app/_ui/button'
import { FilterChip } from '@/app/_ui/chip'
import { TextField } from '@/app/_ui/field'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import type { OrderDay } from '@/db/queries/order-day'
import { addDays, type BusinessDate } from '@/domain/business-day'
import { CHANNELS, ORDER_STATUSES } from '@/domain/vocabulary'
import { CHANNEL_WORDS, STATUS_WORDS } from '../words'
import { isFiltered, type OrdersView, ordersHref } from './search-params'

type Props = { slug: string; view: OrdersView }

/** Day and words, as a GET form: it works before JavaScript runs, and without. */
export function OrderFilterForm({ slug, view, today }: Props & { today: BusinessDate }) {
  const day = view.day ?? today
  const link = 'grid min-h-11 place-items-center rounded-md px-2 underline md:min-h-9'
  const dayHref = (date: BusinessDate) => ordersHref(slug, view, { day: date === today ? null : date })
  return (
    <Form
      // Inputs keep what was typed; another URL has to bring its own values.
      key={ordersHref(slug, view)}
      action={`/orders/${slug}`}
      prefetch={false}
      scroll={false}
      className="flex flex-wrap items-end gap-x-2 gap-y-3 pb-3"
    >
      {view.channel ? <input type="hidden" name="channel" value={view.channel} /> : null}
      {view.status ? <input type="hidden" name="status" value={view.status} /> : null}
      <TextField
        type="search"
        name="q"
        label="Search orders"
        placeholder="Number, table, name or dish"
        defaultValue={view.search}
        maxLength={100}
        autoComplete="off"
        className="min-w-0 grow basis-60 md:max-w-96"
      />
      <TextField
        type="date"
        name="day"
        label="Day"
        defaultValue={day}
        max={today}
        className="grow basis-36 md:grow-0"
      />
      <Button>Show orders</Button>
      <nav aria-label="Days" className="flex">
        <Link href={dayHref(addDays(day, -1))} prefetch={false} scroll={false} className={link}>
          Day before
        </Link>
        {day < today ? (
          <>
            <Link href={dayHref(addDays(day, 1))} prefetch={false} scroll={false} className={link}>
              Day after
            </Link>
            <Link href={dayHref(today)} prefetch={false} scroll={false} className={link}>
              Today
            </Link>
          </>
        ) : null}
      </nav>
      {isFiltered(view) ? (
        <Link
          href={ordersHref(slug, view, { search: '', channel: null, status: null })}
          prefetch={false}
          scroll={false}
          className={link}
        >
          Clear filters
        </Link>
      ) : null}
    </Form>
  )
}

const CHIPS = '-mx-4 flex gap-2 overflow-x-auto px-4 pb-2 md:mx-0 md:flex-wrap md:px-0'

/** What each status holds under the search and the channel, in orders and in money; revenue leaves out what is not confirmed. */
export function StatusChips({ slug, view, day, format }: Props & { day: OrderDay; format: MoneyFormat }) {
  const all = day.counts.reduce((sum, { orders }) => sum + orders, 0)
  const words = (orders: number, cents: number) => (
    <>
      {orders.toLocaleString(format.locale)} · <Money cents={cents} format={format} />
    </>
  )
  return (
    <nav aria-label="Status">
      <ul className={CHIPS}>
        <li>
          <FilterChip href={ordersHref(slug, view, { status: null })} active={view.status === null}>
            All <Count isActive={view.status === null}>{words(all, day.revenue)} revenue</Count>
          </FilterChip>
        </li>
        {ORDER_STATUSES.map((status) => {
          const count = day.counts.find((candidate) => candidate.status === status)
          const isActive = status === view.status
          if (!count && !isActive) return null
          return (
            <li key={status}>
              <FilterChip
                href={ordersHref(slug, view, { status: isActive ? null : status })}
                active={isActive}
              >
                {STATUS_WORDS[status]}{' '}
                <Count isActive={isActive}>{words(count?.orders ?? 0, count?.cents ?? 0)}</Count>
              </FilterChip>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

const Count = ({ isActive, children }: { isActive: boolean; children: React.ReactNode }) => (
  <span className={isActive ? undefined : 'text-muted'}>{children}</span>
)

export function ChannelChips({ slug, view }: Props) {
  return (
    <nav aria-label="Channel">
      <ul className={CHIPS}>
        {[null, ...CHANNELS].map((channel) => (
          <li key={channel}>
            <FilterChip href={ordersHref(slug, view, { channel })} active={channel === view.channel}>
              {channel ? CHANNEL_WORDS[channel] : 'All channels'}
            </FilterChip>
          </li>
        ))}
      </ul>
    </nav>
  )
}
