import type { Metadata } from 'next'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain, requirePerson, requireRestaurant } from '@/app/_server/session'
import { PageHeader } from '@/app/_ui/page-header'
import { RestaurantSwitcher } from '@/app/_ui/restaurant-switcher'
import { getMenuPage } from '@/db/queries/menu-list'
import { chainScope, restaurantScope, roleMay } from '@/domain/scope'
import { CategoryLinks, MenuFilterForm } from './menu-filters'
import { MenuResults, PAGE_SIZE } from './menu-results'
import { isFiltered, menuParams, readMenuView } from './search-params'

export const metadata: Metadata = { title: 'Menu' }

const FEATURED = 6

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** What the chain sells, or one restaurant right now: how it sells, what it costs, and whether it can be made. */
export default async function MenuListPage({ searchParams }: Props) {
  const person = await requirePerson()
  const format = await readerFormat()
  const asked = readMenuView(await searchParams, format.currency)
  const edits = asked.restaurant ? null : chainScope(person, 'menu:edit')
  // What is not on the menu is shown to those who edit it.
  const view = edits || asked.status !== 'off_menu' ? asked : { ...asked, status: 'available' as const }
  const scope = view.restaurant ? await requireRestaurant(view.restaurant) : await requireChain()
  const costs = view.restaurant
    ? restaurantScope(person, view.restaurant, 'stock:read')
    : chainScope(person, 'stock:read')
  const isWholeMenu = view.status === 'available' && view.page === 1 && !isFiltered(view)
  const page = await getMenuPage(database(), scope, {
    ...view,
    pageSize: PAGE_SIZE,
    featured: isWholeMenu ? FEATURED : 0,
    costs,
    edits,
  })
  const restaurant = 'restaurant' in scope ? scope.restaurant : null
  return (
    <>
      <PageHeader title="Menu" note={restaurant ? `as ${restaurant.name} sells it` : 'of the whole chain'}>
        <RestaurantSwitcher
          restaurants={person.restaurants}
          current={view.restaurant}
          action="/menu"
          all="Whole chain"
          keep={menuParams({ ...view, restaurant: null, status: 'available', page: 1 }, format.currency)}
        />
      </PageHeader>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-4 lg:grid-cols-[13rem_minmax(0,1fr)]">
        <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-2 lg:gap-6">
          <MenuFilterForm view={view} currency={format.currency} />
          <CategoryLinks categories={page.categories} view={view} format={format} />
        </div>
        <MenuResults
          page={page}
          view={view}
          format={format}
          restaurant={restaurant}
          showCosts={costs !== null}
          canSwitch={restaurant !== null && roleMay(person.role, 'menu:eighty_six')}
          canEdit={edits !== null}
        />
      </div>
    </>
  )
}
