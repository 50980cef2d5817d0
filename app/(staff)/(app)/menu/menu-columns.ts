import type { Sorted } from '@/app/_ui/sort-link'
import type { MenuSort } from '@/db/queries/menu-list'
import { type MenuView, menuHref } from './search-params'

/** A column of the list of dishes, with the way to the list in its order where there is one. */
export type MenuColumn = {
  id:
    | 'tick'
    | 'name'
    | 'category'
    | 'sold'
    | 'prep'
    | 'calories'
    | 'price'
    | 'cost'
    | 'offUntil'
    | 'portions'
    | 'switch'
    | 'availability'
  label: string
  className?: string
  sort?: { href: string; sorted: Sorted }
}

const FIGURE = 'end wide max-lg:hidden'

/** What the chain can't know of a restaurant, and what the reader may not see or do, has no column. */
export function menuColumns({
  view,
  currency,
  isRestaurant,
  showCosts,
  canSwitch,
  canEdit,
}: {
  view: MenuView
  currency: string
  isRestaurant: boolean
  showCosts: boolean
  canSwitch: boolean
  canEdit: boolean
}): MenuColumn[] {
  const isOff = view.status === 'eighty_sixed'
  /** A press on the column that the list is ordered by turns the order around. */
  const by = (sort: MenuSort, firstDescending = false) => {
    const isSorted = view.sort === sort
    const descending = isSorted ? !view.descending : firstDescending
    return {
      href: menuHref({ ...view, sort, descending, page: 1 }, currency),
      sorted: isSorted && (view.descending ? 'desc' : 'asc'),
    } as const
  }
  const columns: (MenuColumn | false)[] = [
    canEdit && { id: 'tick', label: '', className: 'wide' },
    { id: 'name', label: 'Dish', sort: by('name') },
    { id: 'category', label: 'Category, station', className: 'wide max-lg:hidden' },
    { id: 'sold', label: 'Sold in 28 days', className: 'end wide', sort: by('popularity', true) },
    { id: 'prep', label: 'Minutes', className: FIGURE, sort: by('prep') },
    { id: 'calories', label: 'kcal', className: FIGURE, sort: by('calories') },
    { id: 'price', label: 'Price', className: 'end', sort: by('price') },
    showCosts && { id: 'cost', label: 'Cost %', className: FIGURE },
    isRestaurant && isOff && { id: 'offUntil', label: '86’d until', className: 'end wide' },
    isRestaurant && !isOff && { id: 'portions', label: 'Portions', className: 'end wide' },
    canSwitch && { id: 'switch', label: isOff ? 'Put back' : '86', className: 'end' },
    canEdit && { id: 'availability', label: 'On menu', className: 'end' },
  ]
  return columns.filter((column) => column !== false)
}
