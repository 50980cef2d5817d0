import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { cache, type ReactNode } from 'react'
import { database } from '@/app/_server/database'
import { requireChain } from '@/app/_server/session'
import { PageHeader } from '@/app/_ui/page-header'
import { getRecord } from '@/db/queries/records'
import { getRestaurantUse } from '@/db/queries/restaurants'
import { BackLink } from '../../back-link'
import { recordIdOr404 } from '../../record-id'
import { RestaurantForm } from '../restaurant-form'
import { timeZones } from '../time-zones'

type Props = { params: Promise<{ id: string }> }

const findRestaurant = cache(async (text: string) => {
  const scope = await requireChain('chain:manage')
  const id = recordIdOr404(text)
  const found = await getRecord(database(), scope, 'restaurant', { id, restaurantId: null }, null)
  return { scope, id, doc: found?.doc ?? notFound() }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await findRestaurant((await params).id)).doc.name }
}

export default async function RestaurantPage({ params }: Props) {
  const { scope, id, doc } = await findRestaurant((await params).id)
  const use = await getRestaurantUse(database(), scope, id)
  return (
    <div className="grid max-w-3xl gap-8">
      <div>
        <BackLink href="/admin/restaurants">Restaurants</BackLink>
        <PageHeader title={doc.name} note={doc.isActive ? null : 'Inactive'} />
        <RestaurantForm id={id} base={doc} timeZones={timeZones(doc.timeZone)} use={use} />
      </div>
      <section aria-labelledby="works-with" className="border-t border-line pt-4">
        <h2 id="works-with" className="pb-1 text-lg font-semibold">
          What works with it
        </h2>
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
          <Fact term="Open orders" href={doc.isActive ? `/orders/${doc.slug}` : null}>
            {use.openOrders}
          </Fact>
          <Fact term="Screens" href={doc.isActive ? `/admin/devices?restaurant=${doc.slug}` : null}>
            {use.screens}
          </Fact>
          <Fact term="People" href={doc.isActive ? `/admin/people?restaurant=${doc.slug}` : null}>
            {use.people}
          </Fact>
          <Fact term="API keys" href={null}>
            {use.apiKeys}
          </Fact>
          <Fact term="Former addresses" href={null}>
            {use.formerSlugs.map((slug) => `/m/${slug}`).join(', ') || 'none'}
          </Fact>
        </dl>
      </section>
    </div>
  )
}

function Fact({ term, href, children }: { term: string; href: string | null; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">
        {href ? (
          <Link href={href} prefetch={false} className="underline">
            {term}
          </Link>
        ) : (
          term
        )}
      </dt>
      <dd className="wrap-anywhere">{children}</dd>
    </>
  )
}
