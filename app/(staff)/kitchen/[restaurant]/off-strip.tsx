'use client'

import RotateCcw from 'lucide-react/icons/rotate-ccw'
import { useTransition } from 'react'
import type { OffDish } from '@/domain/wall'
import { isOff } from './eighty-six-dialog'
import type { DishSwitch } from './use-dish-switch'
import styles from './wall.module.css'

/** What is off or counted down, each with the way back for whoever may. */
export function OffStrip({ off, dishSwitch }: { off: readonly OffDish[]; dishSwitch: DishSwitch | null }) {
  if (off.length === 0) return null
  return (
    <section aria-label="86" className={styles.off}>
      <h2 className="font-semibold text-amber">86</h2>
      <ul className={styles.offList}>
        {off.map((dish) => (
          <li key={dish.menuItemId}>
            <OffEntry dish={dish} dishSwitch={dishSwitch} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function OffEntry({ dish, dishSwitch }: { dish: OffDish; dishSwitch: DishSwitch | null }) {
  const [isPending, startTransition] = useTransition()
  const words = isOff(dish) ? dish.name : `${dish.name}: ${dish.portionsLeft} left`
  if (!dishSwitch) return <span className={styles.offDish}>{words}</span>
  return (
    <button
      type="button"
      className={styles.offDish}
      disabled={isPending}
      aria-busy={isPending}
      title={isOff(dish) ? 'Put back on the menu' : 'Stop counting down'}
      onClick={() => startTransition(async () => void (await dishSwitch.putBackOnMenu(dish.menuItemId)))}
    >
      {words}
      <RotateCcw className="size-[0.8em]" aria-hidden />
      <span className="sr-only">{isOff(dish) ? ': put back on the menu' : ': stop counting down'}</span>
    </button>
  )
}
