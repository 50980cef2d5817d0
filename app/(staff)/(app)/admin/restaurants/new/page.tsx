import type { Metadata } from 'next'
import { database } from '@/app/_server/database'
import { requireChain } from '@/app/_server/session'
import { PageHeader } from '@/app/_ui/page-header'
import { reserveId } from '@/db/mutations/records'
import { BackLink } from '../../back-link'
import { RestaurantForm } from '../restaurant-form'
import { timeZones } from '../time-zones'

export const metadata: Metadata = { title: 'New restaurant' }

export default async function NewRestaurantPage() {
  const scope = await requireChain('chain:manage')
  const id = await reserveId(database(), scope, 'restaurant')
  return (
    <div className="max-w-3xl">
      <BackLink href="/admin/restaurants">Restaurants</BackLink>
      <PageHeader title="New restaurant" />
      <RestaurantForm id={id} base={null} timeZones={timeZones()} use={null} />
    </div>
  )
}
