import type { MenuDish } from '@/db/queries/menu-list'
import { MissingMark } from './dish-states'

/** A dish in two lines: what it is, and what is in it; on a phone the second line holds what has no column there. */
export function DishCell({ dish, locale }: { dish: MenuDish; locale: string }) {
  return (
    <>
      <p className="truncate">
        <span className="font-semibold">{dish.name}</span>
        <span className="pl-2 text-muted max-md:hidden">{dish.description}</span>
      </p>
      <p className="truncate text-sm text-muted max-md:hidden" title={dish.ingredients.join(', ')}>
        {dish.ingredients.join(', ')}
      </p>
      <p className="flex flex-wrap gap-x-2 text-sm text-muted md:hidden">
        <MissingMark dish={dish} />
        <span>{dish.category}</span>
        <span>{dish.units.toLocaleString(locale)} sold</span>
        <span>{dish.prepMinutes} min</span>
        {dish.portions ? <span>{dish.portions.toLocaleString(locale)} left</span> : null}
      </p>
    </>
  )
}
