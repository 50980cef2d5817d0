import { setTimeout as pause } from 'node:timers/promises'
import { openSession } from '@/db/client'
import { longestOfServers, type watchLockWaits } from './lock-waits'
import { openReport } from './open-report'
import type { Traffic } from './traffic'
import type { Sample } from './traffic/recorder'

export type Danger = {
  statement: string
  /** What it was run beside, if anything. */
  beside: string
  /** Which rule of `npm run db:check` catches it. */
  rule: string
  seconds: number
  /** Requests that began while it ran and were not answered within a second. */
  frozen: number
  failed: number
  /** The longest time in which no order was answered, in seconds. */
  withoutOrders: number
  longestRequestMs: number
  longestLockWaitMs: number
}

const FROZEN_MS = 1000
const REPORT_SECONDS = 30
const RECOVERY_SECONDS = 12
const QUIET_SECONDS = 4

const STATEMENTS = [
  {
    statement: 'CREATE INDEX order_events_again ON order_events (order_id, at)',
    rule: 'require-concurrent-index-creation',
    underReport: false,
  },
  {
    statement: 'ALTER TABLE orders ALTER COLUMN place_or_name TYPE varchar(79)',
    rule: 'narrowed-column',
    underReport: false,
  },
  {
    statement: 'ALTER TABLE orders ADD CONSTRAINT orders_again CHECK (total >= 0)',
    rule: 'constraint-missing-not-valid',
    underReport: true,
  },
] as const

/** What the checks forbid, done all the same and taken back, as psql would: with no limit to the wait for a lock. */
export async function runDangers(
  url: string,
  traffic: Traffic,
  waits: Awaited<ReturnType<typeof watchLockWaits>>,
): Promise<Danger[]> {
  const session = await openSession(url, { applicationName: 'bench danger' })
  const dangers: Danger[] = []
  for (const { statement, rule, underReport } of STATEMENTS) {
    traffic.mark('danger')
    await pause(QUIET_SECONDS * 1000)
    const report = underReport ? await openReport(url, REPORT_SECONDS) : null
    const from = performance.now()
    await session.query('begin')
    await session.query(statement)
    await session.query('rollback')
    const to = performance.now()
    await report?.ended
    // Whoever was frozen has his answer by then, or never.
    await pause(RECOVERY_SECONDS * 1000)
    const during = traffic.samples.filter(
      ({ at, ms, kind }) => at <= to && at + ms >= from && kind !== 'wall stream',
    )
    const danger: Danger = {
      statement,
      rule,
      beside: underReport ? `a report's transaction of ${REPORT_SECONDS} s` : '',
      seconds: (to - from) / 1000,
      frozen: during.filter(({ ms, kind }) => ms >= FROZEN_MS && kind !== 'order on the wall').length,
      failed: during.filter(({ failure }) => failure !== null).length,
      withoutOrders: longestGap(traffic.samples, from, to + RECOVERY_SECONDS * 1000),
      longestRequestMs: Math.max(0, ...during.map(({ ms }) => ms)),
      longestLockWaitMs: longestOfServers(waits.between(from, to))?.ms ?? 0,
    }
    dangers.push(danger)
    console.error(`danger: ${JSON.stringify(danger)}`)
  }
  await session.close()
  return dangers
}

/** Seconds. */
function longestGap(samples: readonly Sample[], from: number, to: number): number {
  const answered = samples
    .filter(({ kind, failure }) => kind === 'order' && failure === null)
    .map(({ at, ms }) => at + ms)
    .filter((at) => at >= from && at <= to)
    .sort((a, b) => a - b)
  const moments = [from, ...answered, to]
  return Math.max(0, ...moments.slice(1).map((at, place) => at - (moments[place] ?? at))) / 1000
}
