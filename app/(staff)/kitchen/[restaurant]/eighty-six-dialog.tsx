'use client'

import Minus from 'lucide-react/icons/minus'
import Plus from 'lucide-react/icons/plus'
import { useState, useTransition } from 'react'
import { classes } from '@/app/_ui/classes'
import type { EightySixTerm } from '@/domain/eighty-six'
import { STATIONS, type Station } from '@/domain/vocabulary'
import type { OffDish } from '@/domain/wall'
import { VIEW_WORDS } from '@/domain/wall-view'
import styles from './dialog.module.css'
import type { BookDish } from './use-dish-book'
import { WallDialog } from './wall-dialog'

const MOST_PORTIONS = 999

/** Picks a dish, then says for how long it is off. */
export function EightySixDialog({
  dishes,
  off,
  station,
  onTakeOff,
  onClose,
}: {
  dishes: readonly BookDish[]
  off: readonly OffDish[]
  /** Whose dishes come first: this screen's. */
  station: Station | null
  /** Resolves to whether it was done. */
  onTakeOff: (dish: BookDish, lasts: EightySixTerm) => Promise<boolean>
  onClose: () => void
}) {
  const [dish, setDish] = useState<BookDish | null>(null)
  return (
    <WallDialog title={dish ? `86 ${dish.name}` : '86 a dish'} onClose={onClose}>
      {dish ? (
        <HowLong
          onBack={() => setDish(null)}
          onChoose={async (lasts) => {
            await onTakeOff(dish, lasts)
            onClose()
          }}
        />
      ) : (
        <PickDish dishes={dishes} off={off} station={station} onPick={setDish} />
      )}
    </WallDialog>
  )
}

function PickDish({
  dishes,
  off,
  station: own,
  onPick,
}: {
  dishes: readonly BookDish[]
  off: readonly OffDish[]
  station: Station | null
  onPick: (dish: BookDish) => void
}) {
  const [words, setWords] = useState('')
  const [station, setStation] = useState(own)
  const offIds = new Set(off.filter(isOff).map(({ menuItemId }) => menuItemId))
  const found = dishes.filter(
    (dish) =>
      !offIds.has(dish.id) && (station === null || dish.station === station) && matches(dish.name, words),
  )
  const stations = STATIONS.filter((one) => dishes.some((dish) => dish.station === one))
  return (
    <>
      <input
        type="search"
        value={words}
        onChange={(event) => setWords(event.target.value)}
        placeholder="Search a dish"
        aria-label="Search a dish"
        className={styles.search}
      />
      <div className={styles.choices}>
        {[null, ...stations].map((one) => (
          <button
            key={one ?? 'all'}
            type="button"
            aria-pressed={station === one}
            onClick={() => setStation(one)}
            className={styles.choice}
          >
            {one ? VIEW_WORDS[one] : 'All'}
          </button>
        ))}
      </div>
      {found.length === 0 ? (
        <p className={styles.nothing}>
          {dishes.length === 0 ? 'The dishes have not come yet: no contact.' : 'No dish is called like this.'}
        </p>
      ) : null}
      <ul className={styles.dishes}>
        {found.map((dish) => (
          <li key={dish.id}>
            <button type="button" className={styles.dish} onClick={() => onPick(dish)}>
              {dish.name}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

/** One that is counted down can still be had. */
export const isOff = ({ portionsLeft }: OffDish): boolean => portionsLeft === null || portionsLeft === 0

/** Without accents and in any case: nobody types ragù with a wet hand. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const matches = (name: string, words: string): boolean =>
  plain(words)
    .split(/\s+/)
    .every((word) => plain(name).includes(word))

function HowLong({
  onBack,
  onChoose,
}: {
  onBack: () => void
  onChoose: (lasts: EightySixTerm) => Promise<void>
}) {
  const [portions, setPortions] = useState(5)
  const [isPending, startTransition] = useTransition()
  const choose = (lasts: EightySixTerm) => startTransition(() => onChoose(lasts))
  return (
    <div className={styles.howLong} aria-busy={isPending}>
      <button
        type="button"
        disabled={isPending}
        className={styles.primary}
        onClick={() => choose({ until: 'further_notice' })}
      >
        Off until I say so
      </button>
      <button
        type="button"
        disabled={isPending}
        className={styles.primary}
        onClick={() => choose({ until: 'closing' })}
      >
        Off until closing
      </button>
      <div className={styles.countdown}>
        <button
          type="button"
          className={styles.choice}
          aria-label="One less"
          onClick={() => setPortions((count) => Math.max(1, count - 1))}
        >
          <Minus className="size-[1em]" aria-hidden />
        </button>
        <output className={styles.portions}>{portions}</output>
        <button
          type="button"
          className={styles.choice}
          aria-label="One more"
          onClick={() => setPortions((count) => Math.min(MOST_PORTIONS, count + 1))}
        >
          <Plus className="size-[1em]" aria-hidden />
        </button>
        {[10, 20, 50].map((count) => (
          <button key={count} type="button" className={styles.choice} onClick={() => setPortions(count)}>
            {count}
          </button>
        ))}
        <button
          type="button"
          disabled={isPending}
          className={classes(styles.primary, 'grow')}
          onClick={() => choose({ until: 'portions', portions })}
        >
          Sell the last {portions}
        </button>
      </div>
      <button type="button" className={styles.choice} onClick={onBack}>
        Another dish
      </button>
    </div>
  )
}
