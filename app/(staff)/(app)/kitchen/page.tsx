import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { database } from '@/app/_server/database'
import { requireChain, requirePerson } from '@/app/_server/session'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { Empty } from '@/app/_ui/empty'
import { PageHeader } from '@/app/_ui/page-header'
import { StatusMark } from '@/app/_ui/status-mark'
import { countOpenTickets } from '@/db/queries/kitchen'
import { countLeftOpen } from '@/db/queries/left-open'
import { businessDate } from '@/domain/business-day'

export const metadata: Metadata = { title: 'Kitchens' }

type Kitchen = { slug: string; name: string; open: number; oldest: string; leftOpen: number }

const column = columnsFor<Kitchen>()
const columns = [
  column.accessor('name', {
    header: 'Restaurant',
    meta: { rowHeader: true },
    cell: ({ row: { original } }) => (
      <Link
        href={`/kitchen/${original.slug}`}
        prefetch={false}
        className="flex min-h-11 items-center font-semibold md:min-h-7"
      >
        {original.name}
      </Link>
    ),
  }),
  column.accessor('open', { header: 'Open tickets', meta: { align: 'end' } }),
  column.accessor('oldest', { header: 'Oldest', meta: { align: 'end' } }),
  column.accessor('leftOpen', {
    header: 'Of days before',
    meta: { align: 'end' },
    cell: ({ row: { original } }) =>
      original.leftOpen === 0 ? (
        <span className="text-muted">0</span>
      ) : (
        <Link
          href={`/orders/${original.slug}/left-open`}
          prefetch={false}
          aria-label={`${original.leftOpen} tickets left open in ${original.name}`}
          className="inline-flex min-h-11 items-center md:min-h-7"
        >
          <StatusMark tone="amber">{original.leftOpen} left open</StatusMark>
        </Link>
      ),
  }),
]

/** Whoever works in one kitchen only is led straight to its wall. */
export default async function KitchensPage() {
  const { restaurants } = await requirePerson()
  const [only] = restaurants
  if (only && restaurants.length === 1) redirect(`/kitchen/${only.slug}`)

  const scope = await requireChain()
  const now = Date.now()
  const days = restaurants.map(({ id, timeZone, dayCutoff }) => ({
    restaurantId: id,
    businessDate: businessDate(new Date(now), timeZone, dayCutoff),
  }))
  const counts = await countOpenTickets(database(), scope)
  const left = await countLeftOpen(database(), scope, { days })
  const kitchens = restaurants.map(({ id, slug, name }): Kitchen => {
    const count = counts.find((candidate) => candidate.restaurantId === id)
    return {
      slug,
      name,
      open: count?.open ?? 0,
      leftOpen: left.find(({ restaurantId }) => restaurantId === id)?.tickets ?? 0,
      oldest: count ? `${Math.floor((now - count.oldestCreatedAt) / 60_000)} min` : '–',
    }
  })
  return (
    <>
      <PageHeader title="Kitchens" note="Each opens the wall of one restaurant" />
      {kitchens.length === 0 ? (
        <Empty title="You do not work in any restaurant yet">
          Your kitchens appear here once an admin has added you to them.
        </Empty>
      ) : (
        <div className="max-w-2xl">
          <DataTable
            caption="Kitchens with their open tickets"
            columns={columns}
            rows={kitchens}
            rowId={({ slug }) => slug}
          />
        </div>
      )}
    </>
  )
}
