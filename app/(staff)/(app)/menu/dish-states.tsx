import { StatusMark } from '@/app/_ui/status-mark'
import type { MenuDish } from '@/db/queries/menu-list'

/** That a dish can't be prepared, and for want of what; nothing for one that can. */
export function MissingMark({ dish: { missing } }: { dish: MenuDish }) {
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
export function Portions({ dish, locale }: { dish: MenuDish; locale: string }) {
  if (dish.portions === null) return <span className="text-muted">no recipe card</span>
  return dish.portions > 0 ? dish.portions.toLocaleString(locale) : <MissingMark dish={dish} />
}

/** When a dish comes back by itself, in the restaurant's local time. */
export function OffUntil({
  until,
  timeZone,
  locale,
}: {
  until: number | null
  timeZone: string
  locale: string
}) {
  if (until === null) return 'further notice'
  return new Date(until).toLocaleString(locale, {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })
}
