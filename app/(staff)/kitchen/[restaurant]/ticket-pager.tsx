'use client'

import ArrowLeft from 'lucide-react/icons/arrow-left'
import ArrowRight from 'lucide-react/icons/arrow-right'
import type { RefObject } from 'react'
import { useHiddenTickets } from './use-hidden-tickets'
import styles from './wall.module.css'

/** Says what does not fit the screen and turns to it. `unlisted` tickets are open but too many to list. */
export function TicketPager({ list, unlisted }: { list: RefObject<HTMLElement | null>; unlisted: number }) {
  const { before, after } = useHiddenTickets(list)
  const turn = (direction: 1 | -1) => {
    const element = list.current
    if (!element) return
    const gap = Number.parseFloat(getComputedStyle(element).columnGap)
    element.scrollBy({ left: direction * (element.clientWidth + gap) })
  }
  return (
    <div className={styles.pager}>
      {before > 0 ? (
        <button type="button" className={styles.quietButton} onClick={() => turn(-1)}>
          <ArrowLeft className="size-[1em]" aria-hidden />
          {before} before
        </button>
      ) : null}
      {after > 0 ? (
        <button type="button" className={styles.quietButton} onClick={() => turn(1)}>
          +{after} more
          <ArrowRight className="size-[1em]" aria-hidden />
        </button>
      ) : null}
      {unlisted > 0 ? <p>and {unlisted} more that are not listed</p> : null}
    </div>
  )
}
