import type { Metadata } from 'next'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireRestaurant } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { FilterChip } from '@/app/_ui/chip'
import { Empty } from '@/app/_ui/empty'
import { PageHeader } from '@/app/_ui/page-header'
import { PURCHASE_STATUSES } from '@/domain/vocabulary'
import { ProposalTable } from './proposal-table'
import { PurchaseTable } from './purchase-table'
import { loadPurchases } from './purchases-data'
import { type PurchasesView, purchasesHref, readPurchasesView } from './search-params'
import { PURCHASE_WORDS } from './words'

type Props = {
  params: Promise<{ restaurant: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { restaurant } = await requireRestaurant((await params).restaurant, 'stock:read')
  return { title: `${restaurant.name} purchase orders` }
}

/** What a restaurant should order from whom, and what it has ordered. */
export default async function PurchasesPage({ params, searchParams }: Props) {
  const scope = await requireRestaurant((await params).restaurant, 'stock:read')
  const view = readPurchasesView(await searchParams)
  const { slug, name, timeZone } = scope.restaurant
  const [format, { proposals, orders }] = await Promise.all([
    readerFormat(),
    loadPurchases(database(), scope, view, new Date()),
  ])
  return (
    <>
      <PageHeader title="Purchase orders" note={name} />
      {proposals.length > 0 ? (
        <section aria-labelledby="to-order" className="pb-8">
          <h2 id="to-order" className="pb-2 text-lg font-semibold">
            To order
          </h2>
          <ProposalTable proposals={proposals} restaurant={{ slug, name }} format={format} />
        </section>
      ) : null}
      <section aria-labelledby="ordered">
        <h2 id="ordered" className="pb-2 text-lg font-semibold">
          Orders
        </h2>
        <StatusChips slug={slug} view={view} />
        {orders.rows.length === 0 ? (
          <NoOrders slug={slug} view={view} />
        ) : (
          <PurchaseTable rows={orders.rows} slug={slug} timeZone={timeZone} format={format} />
        )}
        {orders.next === null && view.before === null ? null : (
          <nav aria-label="Pages" className="flex justify-end gap-2 py-3">
            {view.before === null ? null : (
              <LinkButton href={purchasesHref(slug, { ...view, before: null })}>Newest orders</LinkButton>
            )}
            {orders.next === null ? null : (
              <LinkButton href={purchasesHref(slug, { ...view, before: orders.next })}>
                Earlier orders
              </LinkButton>
            )}
          </nav>
        )}
      </section>
    </>
  )
}

function StatusChips({ slug, view }: { slug: string; view: PurchasesView }) {
  return (
    <nav aria-label="Status">
      <ul className="-mx-4 flex gap-2 overflow-x-auto px-4 pb-2 md:mx-0 md:flex-wrap md:px-0">
        {[null, ...PURCHASE_STATUSES].map((status) => (
          <li key={status}>
            <FilterChip
              href={purchasesHref(slug, { ...view, status, before: null })}
              active={status === view.status}
            >
              {status ? PURCHASE_WORDS[status] : 'All'}
            </FilterChip>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function NoOrders({ slug, view }: { slug: string; view: PurchasesView }) {
  const isNarrowed = view.status !== null || view.supplierId !== null || view.before !== null
  return (
    <Empty
      title={isNarrowed ? 'No order fits' : 'Nothing was ordered yet'}
      action={
        isNarrowed ? (
          <LinkButton href={purchasesHref(slug, { status: null, supplierId: null, before: null })}>
            Show all orders
          </LinkButton>
        ) : null
      }
    >
      Draft an order from a supplier: it stands here from then on, with when it was sent, when it should come
      and what came of it.
    </Empty>
  )
}
