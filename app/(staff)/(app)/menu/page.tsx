import type { Metadata } from 'next'
import { currentChangeSet } from '@/app/_server/change-set'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain, requirePerson, requireRestaurant } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { ExportLink } from '@/app/_ui/export-link'
import { PageHeader } from '@/app/_ui/page-header'
import { RestaurantSwitcher } from '@/app/_ui/restaurant-switcher'
import { listDishDrafts } from '@/db/queries/menu-bulk'
import { getMenuPage, type MenuPage } from '@/db/queries/menu-list'
import { type ChainScope, chainScope, restaurantScope, roleMay } from '@/domain/scope'
import { CategoryLinks, MenuFilterForm } from './menu-filters'
import { MenuResults, PAGE_SIZE } from './menu-results'
import { isFiltered, menuParams, readMenuView, readOpenPrice } from './search-params'

export const metadata: Metadata = { title: 'Menu' }

const FEATURED = 6

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** What the chain sells, or one restaurant right now: how it sells, what it costs, and whether it can be made. */
export default async function MenuListPage({ searchParams }: Props) {
  const person = await requirePerson()
  const format = await readerFormat()
  const given = await searchParams
  const asked = readMenuView(given, format.currency)
  const edits = asked.restaurant ? null : chainScope(person, 'menu:edit')
  // What is not on the menu is shown to those who edit it.
  const view = edits || asked.status !== 'off_menu' ? asked : { ...asked, status: 'available' as const }
  const scope = view.restaurant ? await requireRestaurant(view.restaurant) : await requireChain()
  const costs = view.restaurant
    ? restaurantScope(person, view.restaurant, 'stock:read')
    : chainScope(person, 'stock:read')
  const isWholeMenu = view.status === 'available' && view.page === 1 && !isFiltered(view)
  const found = await getMenuPage(database(), scope, {
    ...view,
    pageSize: PAGE_SIZE,
    featured: isWholeMenu ? FEATURED : 0,
    costs,
    edits,
  })
  const changeSetId = edits ? ((await currentChangeSet())?.id ?? null) : null
  const { page, drafted } = await asDrafted(found, edits, changeSetId)
  const restaurant = 'restaurant' in scope ? scope.restaurant : null
  return (
    <>
      <PageHeader title="Menu" note={restaurant ? `as ${restaurant.name} sells it` : 'of the whole chain'}>
        {edits ? (
          <LinkButton href="/menu/new" variant="primary">
            New dish
          </LinkButton>
        ) : null}
        <RestaurantSwitcher
          restaurants={person.restaurants}
          current={view.restaurant}
          action="/menu"
          all="Whole chain"
          keep={menuParams({ ...view, restaurant: null, status: 'available', page: 1 }, format.currency)}
        />
        <ExportLink list="menu" query={menuParams({ ...view, page: 1 }, format.currency)} />
      </PageHeader>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-4 lg:grid-cols-[13rem_minmax(0,1fr)]">
        <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-2 lg:gap-6 print:hidden">
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
          changeSetId={changeSetId}
          drafted={drafted}
          opened={readOpenPrice(given)}
        />
      </div>
    </>
  )
}

/** The page with price and availability as the change set makes them, for those who edit in one. */
async function asDrafted(
  page: MenuPage,
  edits: ChainScope<'menu:edit'> | null,
  changeSetId: number | null,
): Promise<{ page: MenuPage; drafted: ReadonlySet<number> }> {
  if (!edits || changeSetId === null) return { page, drafted: new Set() }
  const ids = page.dishes.map(({ id }) => id)
  const drafts = new Map(
    (await listDishDrafts(database(), edits, { changeSetId, ids })).map(({ id, patch }) => [id, patch]),
  )
  const dishes = page.dishes.map((dish) => {
    const { price = dish.price, isAvailable = dish.isAvailable } = drafts.get(dish.id) ?? {}
    return { ...dish, price, isAvailable }
  })
  return { page: { ...page, dishes }, drafted: new Set(drafts.keys()) }
}
