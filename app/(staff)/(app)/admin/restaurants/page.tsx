import type { Metadata } from 'next'
import { database } from '@/app/_server/database'
import { requireChain } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { ExportLink } from '@/app/_ui/export-link'
import { PageHeader } from '@/app/_ui/page-header'
import { listRestaurants } from '@/db/queries/restaurants'
import { SearchForm } from '../search-form'
import { readSearchText } from '../search-text'
import { RestaurantTable } from './restaurant-table'

export const metadata: Metadata = { title: 'Restaurants' }

/** As many as Brigade is made for. */
const MOST_ROWS = 500

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** The restaurants of the chain, closed ones too. */
export default async function RestaurantsPage({ searchParams }: Props) {
  const search = readSearchText((await searchParams).q)
  const scope = await requireChain('chain:manage')
  const restaurants = await listRestaurants(database(), scope, { search, limit: MOST_ROWS })
  return (
    <>
      <PageHeader title="Restaurants" note="Where they are, when they open, and how their kitchens work">
        <LinkButton href="/admin/restaurants/new" variant="primary">
          New restaurant
        </LinkButton>
        <ExportLink list="restaurants" />
      </PageHeader>
      <SearchForm
        action="/admin/restaurants"
        search={search}
        label="Search restaurants"
        placeholder="Name or address"
      />
      {restaurants.length === 0 ? (
        <Empty title={search ? 'No restaurant is called like this' : 'No restaurant yet'}>
          {search
            ? 'Search for a piece of its name or of its address.'
            : 'Each one appears here. With the first one the kitchen can take orders.'}
        </Empty>
      ) : (
        <RestaurantTable restaurants={restaurants} />
      )}
      {restaurants.length === MOST_ROWS ? (
        <p className="pt-3 text-muted">These are the first {MOST_ROWS}. Search to see others.</p>
      ) : null}
    </>
  )
}
