import Link from 'next/link'
import { DietMarks } from '@/app/_ui/diet-marks'
import type { MenuDish } from '@/db/queries/menu-list'
import { MissingMark } from './dish-states'

/**
 * A dish in two lines: what it is, and what is in it; on a phone the second holds what has no column there.
 * menu-table.module.css says which.
 */
export function DishCell({
  dish,
  locale,
  canEdit,
}: {
  dish: MenuDish
  locale: string
  /** Its name leads to its form. */
  canEdit: boolean
}) {
  const ingredients = dish.ingredients.join(', ')
  return (
    <>
      <p>
        <b>
          {canEdit ? (
            <Link href={`/menu/${dish.id}`} prefetch={false}>
              {dish.name}
            </Link>
          ) : (
            dish.name
          )}
        </b>{' '}
        <DietMarks diets={dish.diets} className="text-sm text-muted" /> <i>{dish.description}</i>
      </p>
      <p title={ingredients}>{ingredients}</p>
      <p>
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
