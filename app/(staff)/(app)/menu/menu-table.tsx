import type { CSSProperties } from 'react'
import { classes } from '@/app/_ui/classes'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import type { MenuDish, MenuPage } from '@/db/queries/menu-list'
import { formatMoney } from '@/domain/money'
import { AvailabilityCell } from './availability-cell'
import { BULK_FORM } from './bulk-bar'
import { DishCell } from './dish-cell'
import { OffUntil, Portions } from './dish-states'
import styles from './menu-table.module.css'
import { PriceCell } from './price-cell'
import { type MenuView, menuHref, readSort } from './search-params'
import { STATION_WORDS } from './station-words'
import { TickAll } from './tick-all'

export type MenuTableProps = {
  page: MenuPage
  view: MenuView
  format: MoneyFormat
  /** Of the restaurant whose menu it is; null for the chain's. */
  timeZone: string | null
  showCosts: boolean
  canSwitch: boolean
  /** Whether the reader edits the chain's menu here. */
  canEdit: boolean
  /** Dishes that are shown as the change set makes them. */
  drafted: ReadonlySet<number>
}

/** The page of dishes. What the chain can't know of a restaurant, and what the reader may not see, has no column. */
export function MenuTable(props: MenuTableProps) {
  const { page, view, format } = props
  return (
    <DataTable
      caption="Dishes"
      className={classes(styles.dishes)}
      columns={menuColumns(props)}
      rows={page.dishes}
      rowId={(dish) => String(dish.id)}
      sort={{ id: view.sort, desc: view.descending }}
      sortHref={({ id, desc }) =>
        menuHref({ ...view, ...readSort(desc ? `-${id}` : id), page: 1 }, format.currency)
      }
    />
  )
}

const column = columnsFor<MenuDish>()

function menuColumns({
  page,
  view,
  format,
  timeZone,
  showCosts,
  canSwitch,
  canEdit,
  drafted,
}: MenuTableProps) {
  const isOff = view.status === 'eighty_sixed'
  return [
    ...(canEdit ? [tickColumn] : []),
    column.accessor('name', {
      header: 'Dish',
      meta: { rowHeader: true },
      sortDescFirst: false,
      cell: ({ row: { original } }) => <DishCell dish={original} locale={format.locale} canEdit={canEdit} />,
    }),
    column.accessor('category', {
      header: 'Category, station',
      enableSorting: false,
      meta: { wideOnly: true, className: 'max-lg:hidden' },
      cell: ({ row: { original } }) => (
        <>
          {original.category}
          <small>{STATION_WORDS[original.station]}</small>
        </>
      ),
    }),
    column.accessor('units', {
      id: 'popularity',
      header: 'Sold in 28 days',
      sortDescFirst: true,
      meta: { align: 'end', wideOnly: true },
      cell: ({ getValue }) => <Sold units={getValue()} topUnits={page.topUnits} locale={format.locale} />,
    }),
    column.accessor('prepMinutes', {
      id: 'prep',
      header: 'Minutes',
      sortDescFirst: false,
      meta: { align: 'end', wideOnly: true, className: 'max-lg:hidden' },
    }),
    column.accessor('calories', {
      header: 'kcal',
      sortDescFirst: false,
      meta: { align: 'end', wideOnly: true, className: 'max-lg:hidden' },
      cell: ({ getValue }) => getValue()?.toLocaleString(format.locale) ?? NONE,
    }),
    column.accessor('price', {
      header: 'Price',
      sortDescFirst: false,
      meta: { align: 'end' },
      cell: ({ row: { original } }) =>
        canEdit ? (
          <PriceCell
            dish={original.id}
            name={original.name}
            price={original.price}
            shown={formatMoney(original.price, format.currency, format.locale)}
            currency={format.currency}
            isDraft={drafted.has(original.id)}
          />
        ) : (
          <Money cents={original.price} format={format} />
        ),
    }),
    ...(showCosts ? [costColumn(format.locale)] : []),
    ...(timeZone && isOff ? [offUntilColumn(timeZone, format.locale)] : []),
    ...(timeZone && !isOff ? [portionsColumn(format.locale)] : []),
    ...(canSwitch ? [switchColumn(isOff)] : []),
    ...(canEdit ? [availabilityColumn] : []),
  ]
}

const NONE = <span className="text-muted">–</span>

const costColumn = (locale: string) =>
  column.accessor('foodCostPercent', {
    header: 'Cost %',
    enableSorting: false,
    meta: { align: 'end', wideOnly: true, className: 'max-lg:hidden' },
    cell: ({ getValue }) => getValue()?.toLocaleString(locale, { minimumFractionDigits: 1 }) ?? NONE,
  })

const portionsColumn = (locale: string) =>
  column.accessor('portions', {
    header: 'Portions',
    enableSorting: false,
    meta: { align: 'end', wideOnly: true },
    cell: ({ row: { original } }) => <Portions dish={original} locale={locale} />,
  })

const offUntilColumn = (timeZone: string, locale: string) =>
  column.accessor('offUntil', {
    header: '86’d until',
    enableSorting: false,
    meta: { align: 'end', wideOnly: true },
    cell: ({ getValue }) => <OffUntil until={getValue()} timeZone={timeZone} locale={locale} />,
  })

/** Ticks belong to the form above the list, wherever they stand (BulkBar). */
const tickColumn = column.display({
  id: 'tick',
  header: () => <TickAll form={BULK_FORM} />,
  meta: { wideOnly: true },
  cell: ({ row: { original } }) => (
    <input
      type="checkbox"
      form={BULK_FORM}
      name="dish"
      value={original.id}
      aria-label={`Tick ${original.name}`}
      className="size-4 align-middle"
    />
  ),
})

const availabilityColumn = column.display({
  id: 'availability',
  header: 'On menu',
  meta: { align: 'end' },
  cell: ({ row: { original } }) => (
    <>
      <AvailabilityCell dish={original.id} name={original.name} isAvailable={original.isAvailable} />
      {original.isInActiveCategory ? null : <small>category is off</small>}
    </>
  ),
})

/** The button names its dish to the form that stands around the table (DishSwitch). */
const switchColumn = (isOff: boolean) =>
  column.display({
    id: 'switch',
    header: () => <span className="sr-only">{isOff ? 'Put back' : '86'}</span>,
    meta: { align: 'end' },
    cell: ({ row: { original } }) => (
      <button
        type="submit"
        name="move"
        value={`${isOff ? 'back' : 'off'} ${original.id} ${original.name}`}
        aria-label={isOff ? `Put back ${original.name}` : `86 ${original.name}`}
      >
        {isOff ? 'Put back' : '86'}
      </button>
    ),
  })

/** The bar compares with the most sold of all dishes that the filters find. */
function Sold({ units, topUnits, locale }: { units: number; topUnits: number; locale: string }) {
  return (
    <>
      {units.toLocaleString(locale)}
      <i style={{ '--share': `${Math.round((100 * units) / Math.max(topUnits, 1))}%` } as CSSProperties} />
    </>
  )
}
