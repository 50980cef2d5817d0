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
      <p className="truncate text-sm text-muted md:hidden">
        <MissingMark dish={dish} /> {onPhones(dish, locale).join(' · ')}
      </p>
    </>
  )
}

const onPhones = ({ category, units, portions }: MenuDish, locale: string): string[] => [
  ...(portions ? [`${portions.toLocaleString(locale)} left`] : []),
  category,
  `${units.toLocaleString(locale)} sold`,
]
