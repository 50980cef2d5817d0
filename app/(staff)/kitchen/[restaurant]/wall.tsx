'use client'

import { type ReactNode, useActionState, useRef } from 'react'
import { classes } from '@/app/_ui/classes'
import { Empty } from '@/app/_ui/empty'
import { bump } from './actions'
import { Clock } from './clock'
import { MoveMessage } from './move-message'
import type { Snapshot } from './snapshot'
import { TicketCard } from './ticket'
import { TicketPager } from './ticket-pager'
import { TopDishes } from './top-dishes'
import { useBumpKeys } from './use-bump-keys'
import { useMoves } from './use-moves'
import { useSnapshot } from './use-snapshot'
import styles from './wall.module.css'
import { useIsStale, WallHeader, type WallRestaurant } from './wall-header'

/**
 * The kitchen's screen. All bump buttons stand in one form, so that they work before and without JavaScript; with it a
 * press is a call, after which the picture is fetched anew.
 */
export function Wall({
  restaurant,
  theme,
  initial,
}: {
  restaurant: WallRestaurant
  theme: 'light' | 'dark'
  initial: Snapshot
}) {
  const { snapshot, signedOut, refresh } = useSnapshot(initial, restaurant.slug)
  const { lastMove, bumpNow, recallNow } = useMoves(restaurant.slug, refresh)
  const [submitted, bumpForm] = useActionState(bump, null)
  const list = useRef<HTMLOListElement>(null)
  const { tickets, open, thresholds } = snapshot
  useBumpKeys(
    list,
    tickets.map((ticket) => ticket.id),
  )
  return (
    <Clock at={snapshot.at}>
      <Frame theme={theme} snapshot={snapshot} signedOut={signedOut}>
        <WallHeader restaurant={restaurant} snapshot={snapshot} signedOut={signedOut} />
        <form action={bumpForm} className={styles.board}>
          <input type="hidden" name="restaurant" value={restaurant.slug} />
          {open === 0 ? <Empty title="No open tickets">New orders appear here by themselves.</Empty> : null}
          <ol ref={list} aria-label="Open tickets, oldest first" className={styles.tickets}>
            {tickets.map((ticket, index) => (
              <TicketCard
                key={ticket.id}
                ticket={ticket}
                bumpKey={index < 9 ? index + 1 : null}
                thresholds={thresholds}
                onBump={bumpNow}
              />
            ))}
          </ol>
        </form>
        <aside className={styles.side}>
          <TopDishes dishes={snapshot.day.topDishes} />
          <MoveMessage
            move={lastMove ?? (submitted && { kind: 'bump', result: submitted })}
            onRecall={recallNow}
          />
          <TicketPager list={list} unlisted={open - tickets.length} />
        </aside>
      </Frame>
    </Clock>
  )
}

/** Red all around once the picture is too old to cook by. */
function Frame({
  theme,
  snapshot,
  signedOut,
  children,
}: {
  theme: 'light' | 'dark'
  snapshot: Snapshot
  signedOut: boolean
  children: ReactNode
}) {
  const stale = useIsStale(snapshot, signedOut)
  return (
    <main data-theme={theme} className={classes(styles.wall, 'bg-paper', stale && styles.stale)}>
      {children}
    </main>
  )
}
