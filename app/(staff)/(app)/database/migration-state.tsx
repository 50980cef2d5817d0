import type { ReactNode } from 'react'
import { StatusMark } from '@/app/_ui/status-mark'
import { formatSeconds } from '@/domain/duration'
import type { MigrationsAgainstRelease } from './migrations'
import { utc } from './utc'

/** How the database stands to this release, and what migrations have left to be done. */
export function MigrationState({
  state: { applied, last, lastAt, pending, newer },
  migrator,
  locale,
}: {
  state: MigrationsAgainstRelease
  migrator: { pid: number; name: string; seconds: number } | null
  locale: string
}) {
  return (
    <dl className="grid gap-x-6 gap-y-1 md:grid-cols-[8rem_1fr]">
      <Row term="Applied">
        {applied}
        {last && lastAt ? (
          <span className="text-muted">
            , the last <span className="wrap-anywhere">{last}</span> on {utc(lastAt.getTime(), locale)}
          </span>
        ) : null}
      </Row>
      <Row term="Pending">
        {pending.length === 0 ? (
          'none'
        ) : (
          <>
            <StatusMark tone="amber">{pending.length}</StatusMark>{' '}
            <span className="wrap-anywhere">{pending.join(', ')}</span>
            <span className="text-muted">: npm run db:migrate applies them</span>
          </>
        )}
      </Row>
      {newer.length > 0 ? (
        <Row term="Of a newer release">
          <StatusMark tone="amber">{newer.length}</StatusMark>{' '}
          <span className="wrap-anywhere">{newer.join(', ')}</span>
        </Row>
      ) : null}
      {migrator ? (
        <Row term="At work">
          {migrator.name}, server process {migrator.pid}, for {formatSeconds(migrator.seconds)}
        </Row>
      ) : null}
    </dl>
  )
}

function Row({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{term}</dt>
      <dd className="min-w-0 pb-2 md:pb-0">{children}</dd>
    </>
  )
}
