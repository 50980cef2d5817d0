'use client'

import ChevronLeft from 'lucide-react/icons/chevron-left'
import type { ReactNode } from 'react'
import { classes } from '@/app/_ui/classes'
import { StatusMark } from '@/app/_ui/status-mark'
import { ageLevel, clockStart, formatTimer } from '@/domain/ticket-age'
import { useIsLive, useNow } from './clock'
import { FullScreenButton } from './full-screen-button'
import type { Snapshot } from './snapshot'
import styles from './wall.module.css'

export type WallRestaurant = { name: string; slug: string; timeZone: string }

/** So long without a new picture, and the wall says that orders may be missing. */
const STALE_MS = 15_000

/** Whether the picture is too old to cook by. One that can't be renewed without signing in is so at once. */
export function useIsStale(snapshot: Snapshot, signedOut: boolean): boolean {
  return useNow() - snapshot.at >= STALE_MS || signedOut
}

/** Who this is, how much is open and late, and how old the picture is; below it the day so far. */
export function WallHeader({
  restaurant,
  snapshot,
  signedOut,
}: {
  restaurant: WallRestaurant
  snapshot: Snapshot
  signedOut: boolean
}) {
  const stale = useIsStale(snapshot, signedOut)
  return (
    <header className={styles.header}>
      <div className={classes(styles.bar, stale && 'bg-red text-paper')}>
        <h1 className="min-w-0 font-semibold">
          {/* A whole new page: the wall leaves nothing running behind. */}
          <a href="/kitchen" className="flex min-h-14 items-center gap-1 pr-2">
            <ChevronLeft className="size-[1em] shrink-0" aria-hidden />
            <span className="truncate">{restaurant.name}</span>
            <span className="sr-only">: choose another kitchen</span>
          </a>
        </h1>
        {stale ? (
          <NoContact snapshot={snapshot} signedOut={signedOut} slug={restaurant.slug} />
        ) : (
          <Standing restaurant={restaurant} snapshot={snapshot} />
        )}
        <FullScreenButton />
      </div>
      <DayFigures snapshot={snapshot} />
    </header>
  )
}

function Standing({ restaurant, snapshot }: { restaurant: WallRestaurant; snapshot: Snapshot }) {
  const now = useNow()
  return (
    <>
      <p className="tabular-nums">{localTime(now, restaurant.timeZone)}</p>
      <p>
        <span className="uppercase">Open</span> <strong>{snapshot.open}</strong>
      </p>
      <LateCount snapshot={snapshot} now={now} />
      <PictureAge snapshot={snapshot} now={now} timeZone={restaurant.timeZone} />
    </>
  )
}

function LateCount({ snapshot, now }: { snapshot: Snapshot; now: number }) {
  const { tickets, open, thresholds } = snapshot
  const late = tickets.filter((ticket) => ageLevel(now - clockStart(ticket), thresholds) === 'late').length
  // Where only the oldest are listed and all of them are late, so may be others.
  const orMore = late === tickets.length && open > tickets.length ? '+' : ''
  return (
    <p className={late ? 'text-red' : 'text-muted'}>
      <span className="uppercase">Late</span>{' '}
      <strong>
        {late}
        {orMore}
      </strong>
    </p>
  )
}

function PictureAge({ snapshot, now, timeZone }: { snapshot: Snapshot; now: number; timeZone: string }) {
  const isLive = useIsLive()
  const seconds = Math.max(0, Math.floor((now - snapshot.at) / 1000))
  return (
    <p className={styles.live}>
      {isLive ? (
        <StatusMark tone="green">updated {seconds} s ago</StatusMark>
      ) : (
        <span className="text-muted">as of {localTime(snapshot.at, timeZone, true)}</span>
      )}
    </p>
  )
}

function NoContact({ snapshot, signedOut, slug }: { snapshot: Snapshot; signedOut: boolean; slug: string }) {
  const seconds = Math.floor((useNow() - snapshot.at) / 1000)
  return (
    <p className="grow font-semibold" role="alert">
      {signedOut ? (
        <>
          Signed out. Orders may be missing.{' '}
          <a className="underline" href={`/sign-in?next=${encodeURIComponent(`/kitchen/${slug}`)}`}>
            Sign in again
          </a>
        </>
      ) : (
        <>
          {/* Read out once, not every second. */}
          <span className="sr-only">No contact. Orders may be missing.</span>
          <span aria-hidden>No contact for {formatTimer(seconds * 1000)}. Orders may be missing.</span>
        </>
      )}
    </p>
  )
}

function DayFigures({ snapshot: { day, revenue, lowStock } }: { snapshot: Snapshot }) {
  return (
    <dl className={styles.figures} aria-label="Today">
      <Figure label="Pending">{day.counts.pending}</Figure>
      <Figure label="Confirmed">{day.counts.confirmed}</Figure>
      <Figure label="Preparing">{day.counts.preparing}</Figure>
      <Figure label="Ready">{day.counts.ready}</Figure>
      <Figure label="Delivered">{day.counts.delivered}</Figure>
      <Figure label="Revenue">{revenue}</Figure>
      <Figure label="Ticket time">
        {prepTime(day.averagePrepSeconds)} <span className="font-normal text-muted">average</span>{' '}
        {prepTime(day.medianPrepSeconds)} <span className="font-normal text-muted">median</span>
      </Figure>
      <Figure label="Low stock">{lowStock}</Figure>
    </dl>
  )
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline gap-[0.4em] md:whitespace-nowrap">
      <dt className="text-muted">{label}</dt>
      <dd className="font-semibold">{children}</dd>
    </div>
  )
}

const prepTime = (seconds: number | null) => (seconds === null ? '–' : formatTimer(seconds * 1000))

/** Kitchens read 24 hours; a fixed form also lets server and browser write the same. */
const localTime = (at: number, timeZone: string, withSeconds = false) =>
  new Date(at).toLocaleTimeString('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    ...(withSeconds && { second: '2-digit' }),
  })
