'use client'

import { useTransition } from 'react'
import { StatusMark } from '@/app/_ui/status-mark'
import type { EightySixSuggestions } from '@/db/queries/eighty-six-suggestions'
import type { DishSwitch } from './use-dish-switch'
import styles from './wall.module.css'

/** The header stays low: what comes after these moves up as they are followed. */
const MOST = 2

/** What stock suggests, each followed by one touch: what can't be prepared first. */
export function SuggestionStrip({
  suggestions: { eightySix, putBack },
  dishSwitch,
}: {
  suggestions: EightySixSuggestions
  dishSwitch: DishSwitch
}) {
  const all = [
    ...eightySix.map((dish) => ({
      ...dish,
      suggests: 'eighty_six' as const,
      because: `no ${dish.missing[0]}`,
    })),
    ...putBack.map((dish) => ({ ...dish, suggests: 'put_back' as const, because: `${dish.came[0]} is in` })),
  ]
  if (all.length === 0) return null
  return (
    <section aria-label="Stock suggests" className={styles.off}>
      <ul className={styles.offList}>
        {all.slice(0, MOST).map(({ menuItemId, name, suggests, because }) => (
          <li key={`${suggests} ${menuItemId}`}>
            <Suggestion because={because} onFollow={() => dishSwitch.follow({ menuItemId, name }, suggests)}>
              {suggests === 'eighty_six' ? `86 ${name}?` : `${name} back?`}
            </Suggestion>
          </li>
        ))}
        {all.length > MOST ? <li className="self-center text-muted">+{all.length - MOST}</li> : null}
      </ul>
    </section>
  )
}

function Suggestion({
  because,
  onFollow,
  children,
}: {
  because: string
  onFollow: () => Promise<boolean>
  children: string
}) {
  const [isPending, startTransition] = useTransition()
  return (
    <button
      type="button"
      className={styles.offDish}
      disabled={isPending}
      aria-busy={isPending}
      onClick={() => startTransition(async () => void (await onFollow()))}
    >
      <StatusMark tone="blue">{children}</StatusMark>
      <span className="text-muted">{because}</span>
    </button>
  )
}
