import { DietMarks } from '@/app/_ui/diet-marks'
import type { DishLine } from './dish-lines'
import { MissingMark } from './dish-states'

/**
 * A dish in two lines: what it is, and what is in it; on a phone the second holds what has no column there.
 * menu-table.module.css says which.
 */
export function DishCell({
  dish,
  canEdit,
}: {
  dish: DishLine
  /** Its name leads to its form. */
  canEdit: boolean
}) {
  const { id, name, diets, description, ingredients, category, sold, portions } = dish
  return (
    <>
      <p>
        <b>{canEdit ? <a href={`/menu/${id}`}>{name}</a> : name}</b>{' '}
        <DietMarks diets={diets} className="text-sm text-muted" /> <i>{description}</i>
      </p>
      <p title={ingredients}>{ingredients}</p>
      <p>
        <MissingMark dish={dish} />
        {` ${portions ? `${portions} left · ` : ''}${category} · ${sold} sold`}
      </p>
    </>
  )
}
