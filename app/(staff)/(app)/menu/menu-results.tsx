import { LinkButton } from '@/app/_ui/button'
import { FilterChip } from '@/app/_ui/chip'
import { Empty } from '@/app/_ui/empty'
import type { MoneyFormat } from '@/app/_ui/money'
import { Pager } from '@/app/_ui/pager'
import type { MenuPage } from '@/db/queries/menu-list'
import type { RestaurantSettings } from '@/domain/scope'
import { BulkBar } from './bulk-bar'
import { dishLines } from './dish-lines'
import { DishSwitch } from './dish-switch'
import { FeaturedStrip } from './featured-strip'
import { menuColumns } from './menu-columns'
import { MenuEdits } from './menu-edits'
import { MenuTable } from './menu-table'
import { isFiltered, type MenuView, menuHref, menuParams, withoutFilters } from './search-params'

export const PAGE_SIZE = 20

type Props = {
  page: MenuPage
  view: MenuView
  format: MoneyFormat
  /** Null for the chain's menu. */
  restaurant: RestaurantSettings | null
  showCosts: boolean
  canSwitch: boolean
  canEdit: boolean
  /** The change set that edits go into; null: live at once. */
  changeSetId: number | null
  /** Dishes that are shown as the change set makes them. */
  drafted: ReadonlySet<number>
  /** The dish whose price the URL opens. */
  opened: number | null
}

/** Featured dishes, then the page of the list with the ways to other pages, or why there is none. */
export function MenuResults(props: Props) {
  const { page, view, format, restaurant, showCosts, canSwitch, canEdit, changeSetId, drafted, opened } =
    props
  const list =
    page.total === 0 ? (
      <NoDishes view={view} format={format} />
    ) : (
      <>
        <MenuTable
          columns={menuColumns({
            view,
            currency: format.currency,
            isRestaurant: restaurant !== null,
            showCosts,
            canSwitch,
            canEdit,
          })}
          lines={dishLines(page, format, restaurant?.timeZone ?? null, drafted)}
        />
        <Pager
          page={page.page}
          pageSize={PAGE_SIZE}
          total={page.total}
          href={(number) => menuHref({ ...view, page: number }, format.currency)}
          locale={format.locale}
        />
      </>
    )
  const chips = restaurant || canEdit ? <StatusChips page={page} view={view} format={format} /> : null
  return (
    <div className="group/list">
      <FeaturedStrip dishes={page.featured} view={view} format={format} />
      {restaurant && canSwitch ? (
        <DishSwitch
          restaurant={restaurant.slug}
          asksHowLong={view.status === 'available' && page.total > 0}
          toolbar={chips}
        >
          {list}
        </DishSwitch>
      ) : canEdit ? (
        <>
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 pb-1">
            {chips}
            {page.total > 0 ? (
              <BulkBar view={view} currency={format.currency} total={page.total} locale={format.locale} />
            ) : null}
          </div>
          <MenuEdits
            format={format}
            changeSetId={changeSetId}
            view={menuParams(view, format.currency)}
            opened={opened}
          >
            {list}
          </MenuEdits>
        </>
      ) : (
        <>
          {chips}
          {list}
        </>
      )}
    </div>
  )
}

type ListProps = { view: MenuView; format: MoneyFormat }

/** What can be had and what is off, counted under the filters. */
function StatusChips({ page, view, format }: ListProps & { page: MenuPage }) {
  const shown = page.categories.filter(({ id }) => view.categoryId === null || id === view.categoryId)
  const off = view.restaurant ? 'eighty_sixed' : 'off_menu'
  const href = (status: MenuView['status']) => menuHref({ ...view, status, page: 1 }, format.currency)
  return (
    <div className="flex gap-2 py-1">
      <FilterChip
        href={href('available')}
        active={view.status === 'available'}
        count={shown.reduce((sum, { available }) => sum + available, 0)}
      >
        {view.restaurant ? 'Available' : 'On the menu'}
      </FilterChip>
      <FilterChip
        href={href(off)}
        active={view.status === off}
        count={shown.reduce((sum, { off }) => sum + off, 0)}
      >
        {view.restaurant ? '86’d' : 'Not on the menu'}
      </FilterChip>
    </div>
  )
}

function NoDishes({ view, format }: ListProps) {
  const clear = <LinkButton href={menuHref(withoutFilters(view), format.currency)}>Clear filters</LinkButton>
  if (view.status === 'eighty_sixed') {
    return (
      <Empty
        title={isFiltered(view) ? 'Nothing that fits is 86’d' : 'Nothing is 86’d'}
        action={isFiltered(view) ? clear : null}
      >
        A dish that is 86’d here appears in this list, to be put back.
      </Empty>
    )
  }
  if (view.status === 'off_menu') {
    return (
      <Empty
        title={isFiltered(view) ? 'Every dish that fits is on the menu' : 'Every dish is on the menu'}
        action={isFiltered(view) ? clear : null}
      >
        A dish that the chain does not offer, and each of a category that is off, appears in this list.
      </Empty>
    )
  }
  if (isFiltered(view)) {
    return (
      <Empty title="No dish fits" action={clear}>
        Try fewer words, a wider price range or more time.
      </Empty>
    )
  }
  return (
    <Empty title="There is no dish on this menu yet">
      A dish appears here once it is available and its category active.
    </Empty>
  )
}
