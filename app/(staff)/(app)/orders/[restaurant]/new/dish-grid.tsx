'use client'

import { useState } from 'react'
import { classes } from '@/app/_ui/classes'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import type { DishToOrder } from '@/db/queries/order-entry'

/** The dishes to tap, a category at a time. What is 86'd stays in its place, struck, and can't be added. */
export function DishGrid({
  menu,
  format,
  quantities,
  onAdd,
}: {
  menu: readonly DishToOrder[]
  format: MoneyFormat
  /** Portions on the order by dish. */
  quantities: ReadonlyMap<number, number>
  onAdd: (dish: DishToOrder) => void
}) {
  const categories = [...new Set(menu.map(({ category }) => category))]
  const [chosen, setChosen] = useState(categories[0])
  const shown = chosen !== undefined && categories.includes(chosen) ? chosen : categories[0]
  return (
    <section aria-label="Menu">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset can't scroll sideways */}
      <div
        role="group"
        aria-label="Categories"
        className="-mx-4 flex gap-1 overflow-x-auto px-4 pb-3 md:mx-0 md:flex-wrap md:px-0"
      >
        {categories.map((category) => (
          <button
            key={category}
            type="button"
            aria-pressed={category === shown}
            onClick={() => setChosen(category)}
            className={classes(
              'min-h-14 rounded-md border px-4 font-semibold whitespace-nowrap',
              category === shown ? 'border-accent bg-accent text-accent-ink' : 'border-line hover:bg-wash',
            )}
          >
            {category}
          </button>
        ))}
      </div>
      <ul className="grid grid-cols-2 gap-2 sm:grid-cols-3 2xl:grid-cols-4">
        {menu
          .filter(({ category }) => category === shown)
          .map((dish) => (
            <li key={dish.id}>
              <DishButton dish={dish} format={format} quantity={quantities.get(dish.id) ?? 0} onAdd={onAdd} />
            </li>
          ))}
      </ul>
    </section>
  )
}

function DishButton({
  dish,
  format,
  quantity,
  onAdd,
}: {
  dish: DishToOrder
  format: MoneyFormat
  quantity: number
  onAdd: (dish: DishToOrder) => void
}) {
  const { name, price, off, portionsLeft } = dish
  return (
    <button
      type="button"
      disabled={off}
      onClick={() => onAdd(dish)}
      className={classes(
        'flex size-full min-h-18 flex-col justify-between gap-1 rounded-md border p-2 text-start',
        off ? 'border-line text-muted' : 'border-edge bg-surface hover:bg-wash active:bg-wash',
      )}
    >
      <span className={classes('font-semibold wrap-anywhere', off && 'line-through')}>{name}</span>
      <span className="flex w-full items-baseline justify-between gap-2 text-sm">
        <span className="text-muted">
          <Money cents={price} format={format} />
        </span>
        {off ? <b className="text-red">86’d</b> : null}
        {!off && portionsLeft !== null ? <span className="text-amber">{portionsLeft} left</span> : null}
        {quantity > 0 ? <b className="text-accent">× {quantity}</b> : null}
      </span>
    </button>
  )
}
