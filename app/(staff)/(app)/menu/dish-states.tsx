import { StatusMark } from '@/app/_ui/status-mark'
import type { DishLine } from './dish-lines'

/** That a dish can't be prepared, and for want of what; nothing for one that can. */
export function MissingMark({ dish: { missing } }: { dish: DishLine }) {
  const [first, ...others] = missing
  if (first === undefined) return null
  return (
    <span title={missing.join(', ')}>
      <StatusMark tone="red">no {first}</StatusMark>
      {others.length > 0 ? <span className="text-muted"> +{others.length}</span> : null}
    </span>
  )
}

/** How many of a dish the stock makes now. A dish without a recipe card needs nothing from it. */
export function Portions({ dish }: { dish: DishLine }) {
  if (dish.portions === null) return <span className="text-muted">no recipe card</span>
  return dish.portions || <MissingMark dish={dish} />
}
