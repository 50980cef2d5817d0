import Link from 'next/link'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import type { FeaturedDish } from '@/db/queries/menu-list'
import { type MenuView, menuHref } from './search-params'

/** What the chain puts first on its menus, in one line; each leads to its row. */
export function FeaturedStrip({
  dishes,
  view,
  format,
}: {
  dishes: FeaturedDish[]
  view: MenuView
  format: MoneyFormat
}) {
  if (dishes.length === 0) return null
  return (
    <section aria-labelledby="featured" className="pb-4">
      <h2 id="featured" className="pb-1 font-semibold">
        Featured
      </h2>
      <ul className="-mx-4 flex overflow-x-auto px-4 lg:mx-0 lg:grid lg:grid-cols-6 lg:px-0">
        {dishes.map((dish) => (
          <li
            key={dish.id}
            className="w-40 shrink-0 border-l border-line px-3 first:border-l-0 first:pl-0 lg:w-auto lg:shrink"
          >
            <Link
              href={menuHref({ ...view, search: dish.name }, format.currency)}
              prefetch={false}
              className="block truncate underline-offset-2 hover:underline"
            >
              {dish.name}
            </Link>
            <p className="text-sm text-muted">
              <Money cents={dish.price} format={format} /> · {dish.units.toLocaleString(format.locale)} sold
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
