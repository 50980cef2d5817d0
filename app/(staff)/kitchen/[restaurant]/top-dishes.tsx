import type { KitchenDay } from '@/db/queries/kitchen'
import styles from './wall.module.css'

/** The dishes most ordered on this business date, by units. */
export function TopDishes({ dishes }: { dishes: KitchenDay['topDishes'] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a low screen it scrolls, which keys must reach too
    <section aria-labelledby="top-dishes" tabIndex={0} className="min-h-0 overflow-y-auto">
      <h2 id="top-dishes" className="text-muted">
        Most ordered today
      </h2>
      {dishes.length === 0 ? <p className="pt-2">Nothing yet.</p> : null}
      <ol className="pt-1">
        {dishes.map((dish) => (
          <li key={dish.menuItemId} className={styles.topDish}>
            <span className="text-end font-semibold">{dish.units}</span>
            <span className="min-w-0">{dish.name}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
