'use client'

import ArrowDown from 'lucide-react/icons/arrow-down'
import { useRef } from 'react'
import type { KitchenDay } from '@/db/queries/kitchen'
import { componentTotals, type DishComponent, dishTotals } from '@/domain/all-day'
import { formatQuantity } from '@/domain/quantity'
import type { WallTicket } from '@/domain/wall'
import { useLinesBelow } from './use-lines-below'
import styles from './wall.module.css'

/** How much of each dish the open tickets of this view want, and of each batch; below it, what sold best today. */
export function AllDay({
  tickets,
  components,
  topDishes,
}: {
  tickets: readonly WallTicket[]
  components: readonly DishComponent[]
  topDishes: KitchenDay['topDishes']
}) {
  const box = useRef<HTMLElement>(null)
  const below = useLinesBelow(box)
  const dishes = dishTotals(tickets)
  const batches = componentTotals(dishes, components)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a low screen it scrolls, which keys must reach too
    <aside ref={box} aria-label="All day" tabIndex={0} className={styles.side}>
      <section>
        <h2 className={styles.sideTitle}>All day</h2>
        {dishes.length === 0 ? <p className="text-muted">No open dishes.</p> : null}
        <ol>
          {dishes.map(({ menuItemId, name, portions, done }) => (
            <li key={menuItemId} className={styles.total}>
              <strong className="text-end">{portions}</strong>
              <span className="min-w-0">
                {name}{' '}
                {done > 0 ? (
                  <span className="whitespace-nowrap text-muted">
                    {done === portions ? 'done' : `${done} done`}
                  </span>
                ) : null}
              </span>
            </li>
          ))}
        </ol>
      </section>
      {batches.length > 0 ? (
        <section>
          <h3 className={styles.sideTitle}>Batches still to take from</h3>
          <ol>
            {batches.map(({ name, quantity, unit }) => (
              <li key={`${name} ${unit}`} className={styles.batch}>
                <span className="min-w-0">{name}</span>
                <strong className="whitespace-nowrap">{formatQuantity(quantity, unit)}</strong>
              </li>
            ))}
          </ol>
        </section>
      ) : null}
      {topDishes.length > 0 ? (
        <details>
          <summary className={styles.sideSummary}>Most ordered today</summary>
          <ol>
            {topDishes.map(({ menuItemId, name, units }) => (
              <li key={menuItemId} className={styles.total}>
                <strong className="text-end">{units}</strong>
                <span className="min-w-0">{name}</span>
              </li>
            ))}
          </ol>
        </details>
      ) : null}
      {below > 0 ? (
        <button
          type="button"
          className={styles.below}
          onClick={() => box.current?.scrollBy({ top: box.current.clientHeight * 0.8 })}
        >
          +{below} below
          <ArrowDown className="size-[1em]" aria-hidden />
        </button>
      ) : null}
    </aside>
  )
}
