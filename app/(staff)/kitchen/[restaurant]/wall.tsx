'use client'

import { type ReactNode, useActionState, useEffect, useMemo } from 'react'
import { classes } from '@/app/_ui/classes'
import type { MoneyFormat } from '@/app/_ui/money'
import type { WallView } from '@/domain/wall'
import { predict } from '@/domain/wall-predict'
import { ticketsInView } from '@/domain/wall-view'
import { pressInForm } from './actions'
import { AllDay } from './all-day'
import { Clock } from './clock'
import { useContactLoss } from './contact'
import type { Live, LiveInitial } from './live-store'
import { Messages } from './messages'
import { useServiceWorker } from './service-worker'
import { TicketBoard } from './ticket-board'
import { useDishBook } from './use-dish-book'
import { useDishSwitch } from './use-dish-switch'
import { useLastBump } from './use-last-bump'
import { useLive } from './use-live'
import { unconfirmed, unsent, usePresses } from './use-presses'
import { useSounds } from './use-sounds'
import { useStoredFlag } from './use-stored-flag'
import { useSuggestions } from './use-suggestions'
import { useView } from './use-view'
import { useWakeLock } from './use-wake-lock'
import { useKeptCopy, useNewestCopy } from './use-wall-copy'
import styles from './wall.module.css'
import { WallHeader } from './wall-header'

/**
 * The kitchen's screen: what the server told, and what was pressed here meanwhile. All buttons that move a ticket stand
 * in one form, so that they work before and without JavaScript.
 */
export function Wall(props: {
  slug: string
  /** The view that the URL named when the page was rendered. */
  view: WallView
  theme: 'light' | 'dark'
  /** A person may 86 dishes; a paired screen may only read and bump. */
  isPerson: boolean
  format: MoneyFormat
  initial: LiveInitial
}) {
  const { slug, isPerson, format } = props
  const live = useLive(slug, useNewestCopy(slug, props.initial))
  const isConnected = live.connection === 'live'
  const [view, changeView] = useView(props.view)
  const { presses, refusals, signedOut, press, undo, dismiss } = usePresses(slug, isConnected)
  const tickets = useMemo(
    () => ticketsInView(predict(live.tickets, unconfirmed(presses, Date.now())), view),
    [live.tickets, presses, view],
  )
  const lastBump = useLastBump(slug, presses)
  const sounds = useSounds(live.events, live.tickets, view)
  const dishBook = useDishBook(slug, isConnected)
  const dishSwitch = useDishSwitch(slug, live.off)
  const { off, day } = live
  const suggestions = useSuggestions(slug, {
    isActive: isPerson && isConnected,
    off,
    lowStock: day.lowStock,
  })
  const [isAllDayOpen, openAllDay] = useStoredFlag('brigade:all-day', true)
  const [submitted, formAction] = useActionState(pressInForm, null)
  useKeptCopy(slug, live)
  useWakeLock()
  useServiceWorker()
  usePairingAgain(!isPerson && live.connection === 'signed_out')

  return (
    <Clock at={live.lastContact}>
      <Frame theme={props.theme} live={live} isSignedOut={signedOut} hasSide={isAllDayOpen}>
        <WallHeader
          slug={slug}
          live={live}
          view={view}
          onView={changeView}
          tickets={tickets}
          format={format}
          isSignedOut={signedOut}
          waiting={unsent(presses).length}
          sounds={sounds}
          lastBump={lastBump}
          onPress={press}
          dishes={dishBook.dishes}
          isPerson={isPerson}
          dishSwitch={isPerson ? dishSwitch : null}
          suggestions={suggestions}
          isAllDayOpen={isAllDayOpen}
          onAllDay={openAllDay}
        />
        <TicketBoard
          tickets={tickets}
          presses={presses}
          view={view}
          settings={live.settings}
          onPress={press}
          onUndo={undo}
          form={(list) => (
            <form action={formAction} className={styles.board}>
              <input type="hidden" name="restaurant" value={slug} />
              {list}
            </form>
          )}
        />
        {isAllDayOpen ? (
          <AllDay tickets={tickets} components={dishBook.components} topDishes={live.day.topDishes} />
        ) : null}
        <Messages refusals={refusals} onDismiss={dismiss} submitted={submitted} dish={dishSwitch.message} />
      </Frame>
    </Clock>
  )
}

/** A screen that was revoked is led to where it can be paired again: nobody stands there with a keyboard to sign in. */
function usePairingAgain(isRevoked: boolean): void {
  useEffect(() => {
    if (isRevoked) location.reload()
  }, [isRevoked])
}

/** Red all around once the tickets can't be cooked by. */
function Frame({
  theme,
  live,
  isSignedOut,
  hasSide,
  children,
}: {
  theme: 'light' | 'dark'
  live: Live
  isSignedOut: boolean
  hasSide: boolean
  children: ReactNode
}) {
  const loss = useContactLoss(live)
  const isStale = loss !== null || isSignedOut
  return (
    <main
      data-theme={theme}
      className={classes(styles.wall, 'bg-paper', hasSide && styles.withSide, isStale && styles.stale)}
    >
      {children}
    </main>
  )
}
