import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { database } from '@/app/_server/database'
import { requireChain, requirePerson } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { Empty } from '@/app/_ui/empty'
import { PageHeader } from '@/app/_ui/page-header'
import { countOpenTickets } from '@/db/queries/kitchen'
import { ordersHref, readOrdersView } from './[restaurant]/search-params'

export const metadata: Metadata = { title: 'Orders' }

type Restaurant = { slug: string; name: string; open: number }

const column = columnsFor<Restaurant>()
const columns = [
  column.accessor('name', {
    header: 'Restaurant',
    meta: { rowHeader: true },
    cell: ({ row: { original } }) => (
      <Link
        href={`/orders/${original.slug}`}
        prefetch={false}
        className="flex min-h-11 items-center font-semibold md:min-h-7"
      >
        {original.name}
      </Link>
    ),
  }),
  column.accessor('open', { header: 'Open orders', meta: { align: 'end' } }),
  column.display({
    id: 'new',
    header: () => <span className="sr-only">New order</span>,
    meta: { align: 'end' },
    cell: ({ row: { original } }) => (
      <LinkButton href={`/orders/${original.slug}/new`} aria-label={`New order in ${original.name}`}>
        New order
      </LinkButton>
    ),
  }),
]

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Whoever works in one restaurant only, or chose one elsewhere, is led straight to its orders. */
export default async function OrdersPage({ searchParams }: Props) {
  const { restaurants } = await requirePerson()
  const given = await searchParams
  const chosen = restaurants.find(({ slug }) => slug === given.restaurant)
  if (chosen) redirect(ordersHref(chosen.slug, readOrdersView(given)))
  const [only] = restaurants
  if (only && restaurants.length === 1) redirect(`/orders/${only.slug}`)

  const counts = await countOpenTickets(database(), await requireChain())
  const rows = restaurants.map(({ id, slug, name }): Restaurant => {
    const count = counts.find((candidate) => candidate.restaurantId === id)
    return { slug, name, open: count?.open ?? 0 }
  })
  return (
    <>
      <PageHeader title="Orders" note="of one restaurant at a time" />
      {rows.length === 0 ? (
        <Empty title="You do not work in any restaurant yet">
          The orders of your restaurants appear here once an admin has added you to them.
        </Empty>
      ) : (
        <div className="max-w-2xl">
          <DataTable
            caption="Restaurants with their open orders"
            columns={columns}
            rows={rows}
            rowId={({ slug }) => slug}
          />
        </div>
      )}
    </>
  )
}
