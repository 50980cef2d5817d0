import Link from 'next/link'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import type { RecipeDish } from '@/db/queries/recipes'

/** The dishes on the chain's menu that sell this recipe. */
export function DishList({ dishes, format }: { dishes: RecipeDish[]; format: MoneyFormat }) {
  return (
    <section aria-labelledby="dishes">
      <h2 id="dishes" className="flex items-center pb-2 text-lg font-semibold">
        On the menu
      </h2>
      {dishes.length === 0 ? (
        <p className="text-muted">No dish sells this recipe now.</p>
      ) : (
        <ul>
          {dishes.map((dish) => (
            <li
              key={dish.id}
              className="flex items-baseline justify-between gap-4 border-t border-line py-1.5"
            >
              <span>
                <Link
                  href={`/menu?q=${encodeURIComponent(dish.name)}`}
                  prefetch={false}
                  className="underline decoration-edge underline-offset-[0.2em] hover:decoration-current"
                >
                  {dish.name}
                </Link>
                <span className="block text-muted">{dish.category}</span>
              </span>
              <span className="tabular-nums">
                <Money cents={dish.price} format={format} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
