import type { CSSProperties, ReactNode } from 'react'
import { BULK_FORM } from './bulk-form'
import type { DishLine } from './dish-lines'
import { Portions } from './dish-states'
import type { MenuColumn } from './menu-columns'
import { CELL_FORM, type MenuEditing } from './menu-edits'
import { PriceCell } from './price-cell'

type CellId = Exclude<MenuColumn['id'], 'name'>

/** What stands in each column but the first. `edits` is null for who reads only. */
export const CELLS: Record<CellId, (dish: DishLine, edits: MenuEditing | null, label: string) => ReactNode> =
  {
    /** Ticks belong to the form above the list, wherever they stand (BulkBar). */
    tick: ({ id, name }) => (
      <input type="checkbox" form={BULK_FORM} name="dish" value={id} aria-label={`Tick ${name}`} />
    ),
    category: ({ category, station }) => (
      <>
        {category}
        <small>{station}</small>
      </>
    ),
    /** The bar compares with the most sold of all dishes that the filters find. */
    sold: ({ sold, share }) => (
      <>
        {sold}
        <i style={{ '--share': `${share}%` } as CSSProperties} />
      </>
    ),
    prep: ({ prep }) => prep,
    calories: ({ calories }) => calories ?? NONE,
    price: (dish, edits) =>
      edits ? <PriceCell dish={dish} isOpen={edits.open.includes(dish.id)} /> : dish.price,
    cost: ({ cost }) => cost ?? NONE,
    offUntil: ({ offUntil }) => offUntil,
    portions: (dish) => <Portions dish={dish} />,
    /** The button names its dish to the form that stands around the table (DishSwitch). */
    switch: ({ id, name }, _, label) => (
      <button
        type="submit"
        name="move"
        value={`${label === '86' ? 'off' : 'back'} ${id} ${name}`}
        aria-label={`${label} ${name}`}
      >
        {label}
      </button>
    ),
    /** A switch: whether the chain offers a dish at all. */
    availability: ({ id, name, isAvailable, isInActiveCategory }) => (
      <>
        <button
          type="submit"
          form={CELL_FORM}
          role="switch"
          aria-checked={isAvailable}
          aria-label={`${name} on the menu`}
          name="switched"
          value={`${id} ${isAvailable ? 'no' : 'yes'}`}
        >
          {isAvailable ? 'On' : 'Off'}
        </button>
        {isInActiveCategory ? null : <small>category is off</small>}
      </>
    ),
  }

const NONE = <span className="text-muted">–</span>
