import type { ReactNode } from 'react'
import { Bar } from '@/app/_ui/bar'
import type { IndexBuildStatus } from '@/db/queries/activity'
import type { BackfillStatus } from '@/db/queries/migrations'

export function IndexBuildList({ builds }: { builds: IndexBuildStatus[] }) {
  return (
    <ul className="grid gap-3">
      {builds.map(({ pid, index, table, share, text }) => (
        <Progress key={pid} name={index ?? 'An index'} of={table} share={share}>
          {text}
        </Progress>
      ))}
    </ul>
  )
}

export function BackfillList({
  backfills,
  isMigrating,
  locale,
}: {
  backfills: BackfillStatus[]
  /** A migrator is at work: without one, a backfill that is not done stands still. */
  isMigrating: boolean
  locale: string
}) {
  return (
    <ul className="grid gap-3">
      {backfills.map((backfill) => {
        const { name, table, rowsDone, rowsExpected } = backfill
        const rows = Math.max(rowsDone, rowsExpected)
        return (
          <Progress key={name} name={name} of={table} share={rowsDone / Math.max(1, rows)}>
            {rowsDone.toLocaleString(locale)} of about {rows.toLocaleString(locale)} rows,{' '}
            {stateOf(backfill, isMigrating)}
          </Progress>
        )
      })}
    </ul>
  )
}

function stateOf({ pausedBy, asideFor, batchSize, batchMs }: BackfillStatus, isMigrating: boolean): string {
  if (pausedBy !== null) return `paused by ${pausedBy}`
  if (!isMigrating) return 'stopped until the next npm run db:migrate'
  if (asideFor !== null) return `waits: ${asideFor}`
  return batchMs === null ? 'just begun' : `batches of ${batchSize}, the last in ${batchMs} ms`
}

function Progress({
  name,
  of,
  share,
  children,
}: {
  name: string
  of: string
  /** From 0 to 1. */
  share: number
  children: ReactNode
}) {
  return (
    <li className="grid max-w-2xl gap-1">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <b className="wrap-anywhere">{name}</b>
        <span className="grow text-muted">on {of}</span>
        <span className="tabular-nums">{Math.floor(share * 100)} %</span>
      </div>
      <Bar value={share} max={1} tone="accent" />
      <p className="text-muted tabular-nums">{children}</p>
    </li>
  )
}
