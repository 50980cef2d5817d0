'use client'

import ChevronLeft from 'lucide-react/icons/chevron-left'
import type { ReactNode } from 'react'
import { classes } from '@/app/_ui/classes'
import type { MoneyFormat } from '@/app/_ui/money'
import { StatusMark } from '@/app/_ui/status-mark'
import type { EightySixSuggestions } from '@/db/queries/eighty-six-suggestions'
import { formatMoney } from '@/domain/money'
import { isOpen } from '@/domain/order'
import { ageLevel, clockStart, formatTimer } from '@/domain/ticket-age'
import type { WallTicket, WallView } from '@/domain/wall'
import { localTime, useIsLive, useNow } from './clock'
import { type ContactLoss, useContactLoss } from './contact'
import type { Live } from './live-store'
import { OffStrip } from './off-strip'
import { SuggestionStrip } from './suggestion-strip'
import type { DishSwitch } from './use-dish-switch'
import { ViewSwitch } from './view-switch'
import styles from './wall.module.css'
import { type ToolProps, Tools } from './wall-tools'

/** Who this is, how much is open and late, and since when that is true; below it the day so far and what is off. */
export function WallHeader({
  live,
  tickets,
  format,
  isSignedOut,
  waiting,
  onView,
  isPerson,
  dishSwitch,
  suggestions,
  ...tools
}: Omit<ToolProps, 'settings' | 'off'> & {
  live: Live
  /** A paired screen has no other kitchen to go to. */
  isPerson: boolean
  /** Of this view. */
  tickets: readonly WallTicket[]
  format: MoneyFormat
  /** A press was refused for want of a session. */
  isSignedOut: boolean
  /** Presses that have not reached the server. */
  waiting: number
  onView: (href: string) => void
  dishSwitch: DishSwitch | null
  suggestions: EightySixSuggestions
}) {
  const lost = useContactLoss(live)
  const loss: ContactLoss | null = lost ?? (isSignedOut ? { why: 'signed_out', seconds: 0 } : null)
  return (
    <header className={styles.header}>
      <div className={classes(styles.bar, loss && 'bg-red text-paper')}>
        <h1 className="min-w-0 font-semibold">
          {isPerson ? (
            // A whole new page: the wall leaves nothing running behind.
            <a href="/kitchen" className={styles.home}>
              <ChevronLeft className="size-[1em] shrink-0" aria-hidden />
              <span className="truncate">{live.settings.name}</span>
              <span className="sr-only">: choose another kitchen</span>
            </a>
          ) : (
            live.settings.name
          )}
        </h1>
        {loss ? (
          <NoContact loss={loss} slug={tools.slug} waiting={waiting} />
        ) : (
          <>
            <ViewSwitch view={tools.view} onView={onView} />
            <Standing live={live} tickets={tickets} view={tools.view} />
          </>
        )}
        <Tools {...tools} settings={live.settings} off={live.off} dishSwitch={dishSwitch} />
      </div>
      <div className={styles.under}>
        <DayFigures day={live.day} format={format} />
        {dishSwitch ? <SuggestionStrip suggestions={suggestions} dishSwitch={dishSwitch} /> : null}
        <OffStrip off={live.off} dishSwitch={dishSwitch} />
      </div>
    </header>
  )
}

function Standing({ live, tickets }: { live: Live; tickets: readonly WallTicket[]; view: WallView }) {
  const now = useNow()
  const { timeZone, thresholds } = live.settings
  const open = tickets.filter(({ status }) => isOpen(status))
  const late = open.filter(
    (ticket) => ageLevel(now - clockStart(ticket), thresholds[ticket.channel]) === 'late',
  ).length
  return (
    <>
      <p className="tabular-nums">{localTime(now, timeZone)}</p>
      <p>
        <span className="uppercase">Open</span> <strong>{open.length}</strong>
      </p>
      <p className={late ? 'text-red' : 'text-muted'}>
        <span className="uppercase">Late</span> <strong>{late}</strong>
      </p>
      <Confirmed at={live.lastContact} now={now} timeZone={timeZone} />
    </>
  )
}

function Confirmed({ at, now, timeZone }: { at: number; now: number; timeZone: string }) {
  const hasScript = useIsLive()
  const seconds = Math.max(0, Math.floor((now - at) / 1000))
  return (
    <p className={styles.live}>
      {hasScript ? (
        <StatusMark tone="green">
          live <span className={styles.confirmed}>· confirmed {seconds} s ago</span>
        </StatusMark>
      ) : (
        <span className="text-muted">as of {localTime(at, timeZone, true)}</span>
      )}
    </p>
  )
}

function NoContact({ loss, slug, waiting }: { loss: ContactLoss; slug: string; waiting: number }) {
  const presses = waiting === 1 ? '1 press waits' : `${waiting} presses wait`
  return (
    <p className={styles.noContact} role="alert">
      {loss.why === 'silence' ? (
        <>
          {/* Read out once, not every second. */}
          <span className="sr-only">No contact. Orders may be missing.</span>
          <span aria-hidden>No contact for {spanOf(loss.seconds)}. Orders may be missing.</span>
        </>
      ) : loss.why === 'signed_out' ? (
        <>
          Signed out. Orders may be missing.{' '}
          <a className="underline" href={`/sign-in?next=${encodeURIComponent(`/kitchen/${slug}`)}`}>
            Sign in again
          </a>
          .
        </>
      ) : (
        'This kitchen is closed, or not yours any more. Orders may be missing.'
      )}
      {waiting > 0 ? <span className="font-normal"> {presses} to be sent.</span> : null}
    </p>
  )
}

const spanOf = (seconds: number) => (seconds < 60 ? `${seconds} s` : formatTimer(seconds * 1000))

function DayFigures({ day, format }: { day: Live['day']; format: MoneyFormat }) {
  return (
    <dl className={styles.figures} aria-label="Today">
      <Figure label="Pending">{day.counts.pending}</Figure>
      <Figure label="Confirmed">{day.counts.confirmed}</Figure>
      <Figure label="Preparing">{day.counts.preparing}</Figure>
      <Figure label="Ready">{day.counts.ready}</Figure>
      <Figure label="Delivered">{day.counts.delivered}</Figure>
      <Figure label="Revenue">{formatMoney(day.revenue, format.currency, format.locale)}</Figure>
      <Figure label="Ticket time">
        <span className="font-normal text-muted">median</span> {prepTime(day.medianPrepSeconds)}{' '}
        <span className="font-normal text-muted">average</span> {prepTime(day.averagePrepSeconds)}
      </Figure>
      <Figure label="Low stock">{day.lowStock}</Figure>
    </dl>
  )
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.figure}>
      <dt className="text-muted">{label}</dt>
      <dd className="font-semibold">{children}</dd>
    </div>
  )
}

const prepTime = (seconds: number | null) => (seconds === null ? '–' : formatTimer(seconds * 1000))
