import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { type Database, openDatabase, openSession, type Session } from '@/db/client'
import { DAYS_KEPT } from '@/db/jobs/housekeeping/keep-house'
import { closeKitchenDays } from '@/db/jobs/kitchen-metrics'
import { systemScope } from '@/domain/scope'
import { volumeDatabase, withCopy } from './lib/database'
import { spreadOf } from './lib/meter'
import { circumstances, markdownTable, writeSection } from './lib/report'
import { serve } from './lib/server'
import { longestOf, watchLockWaits } from './migrate/lock-waits'
import { startTraffic } from './migrate/traffic'
import { figuresOf } from './migrate/traffic/recorder'

const EXPIRED = 1_000_000
/** A web process that is new takes several times as long for everything. */
const WARM_UP_SECONDS = 60
const BASELINE_SECONDS = 60
const LONGEST_BATCH_MS = 200
const LONGEST_WAIT_MS = 100
/** Of each web process. With four, most of these orders would be refused: docs/operations.md. */
const POOL_MAX = 10

type Purge = { milliseconds: number[]; orders: number }

/**
 * Purges a million expired orders (or so many as are asked for) while a chain orders, cooks and reads beside it, and says
 * who waited for whom; `--alone`: with nothing beside it. `--no-write` prints only. Throws where a younger order is gone or
 * figures changed.
 */
export async function benchPurge(databaseUrl: string, args: readonly string[]): Promise<void> {
  const count = Number(args.find((arg) => /^\d+$/.test(arg)) ?? EXPIRED)
  const isAlone = args.includes('--alone')
  const url = await volumeDatabase(databaseUrl, 1)
  await withCopy(url, async (copy) => {
    const session = await openSession(copy, { applicationName: 'bench purge' })
    try {
      await addExpired(session, count)
      await closeAll(copy)
      await settle(session)
      const before = await whatMustStay(session)
      const { text, problems } = await (isAlone ? purgeAlone : purgeUnderTraffic)(copy, session, count)
      const after = await whatMustStay(session)
      if (JSON.stringify(before) !== JSON.stringify(after))
        problems.push(`what must stay changed: ${JSON.stringify({ before, after })}`)
      console.log(text)
      if (problems.length > 0) throw new Error(problems.join('; '))
      if (!args.includes('--no-write')) await writeSection(isAlone ? 'purge-alone' : 'purge', text)
    } finally {
      await session.close()
    }
  })
}

/** Without checking keys and totals row by row: these are copies of rows that were checked. */
async function addExpired(session: Session, count: number): Promise<void> {
  const statements = await readFile(new URL('./purge/expired.sql', import.meta.url), 'utf8')
  await session.query('set session_replication_role = replica')
  for (const statement of statements.split('--> statement-breakpoint'))
    await session.query(statement, statement.includes('$1') ? [count] : [])
  await session.query('reset session_replication_role')
  // The volume set's days are closed from their first order on; now there are earlier ones.
  await session.query('delete from kitchen_rollups')
}

async function closeAll(url: string): Promise<void> {
  const db = jobDatabase(url)
  const { closed } = await closeKitchenDays(db, systemScope())
  await db.close()
  console.log(`${closed} business days closed.`)
}

/** Orders past their keep were written long ago: what writing them left to do, for the disk too, is not the purge's. */
async function settle(session: Session): Promise<void> {
  await session.query('vacuum (analyze)')
  await session.query('checkpoint')
  await once(spawn('sync'), 'close')
}

const jobDatabase = (url: string): Database =>
  openDatabase(url, { max: 1, applicationName: 'brigade-jobs', statementTimeoutMs: 10 * 60 * 1000 })

/** Orders within their keep that were there before the traffic, by a checksum of their ids, and all stored figures. */
async function whatMustStay(session: Session): Promise<unknown> {
  const [row] = await session.query(
    `select (select concat_ws(' ', count(*), sum(hashtextextended(id::text, 0)::numeric)) from orders
         where business_date >= current_date - $1::int + 2 and special_instructions = '' and created_at < current_date) as young,
       (select concat_ws(' ', count(*), sum(revenue), sum(orders_completed)) from daily_kitchen_metrics
         where business_date < current_date - 2) as metrics,
       (select concat_ws(' ', count(*), sum(revenue), sum(units)) from daily_item_sales
         where business_date < current_date - 2) as sales`,
    [DAYS_KEPT],
  )
  return row
}

async function purgeAlone(url: string, session: Session, count: number) {
  const from = performance.now()
  const purge = await runChild(url)
  const text = `${await circumstances(session)}. ${purgedInWords(purge, count, performance.now() - from)}`
  return { text, problems: await problemsLeft(session) }
}

const n = (value: number) => Math.round(value).toLocaleString('en')

const kept = (value: number, limit: number) =>
  value < limit ? '' : ` (over the ${limit} ms that were aimed at)`

function purgedInWords({ orders, milliseconds }: Purge, count: number, ms: number): string {
  const { median, p99, max } = spreadOf(milliseconds)
  return `${n(orders)} of ${n(count)} orders made for it and those of the volume set that were due, with lines, events and stored answers, were purged in ${n(ms / 1000)} s: ${n(milliseconds.length)} batches, median ${n(median)} ms, p99 ${n(p99)} ms, **longest ${n(max)} ms**${kept(max, LONGEST_BATCH_MS)}.`
}

async function problemsLeft(session: Session): Promise<string[]> {
  const left = await countExpired(session)
  return left > 0 ? [`${left} expired orders are left`] : []
}

async function purgeUnderTraffic(url: string, session: Session, count: number) {
  const server = await serve(url, 2, POOL_MAX)
  const waits = await watchLockWaits(url)
  try {
    const traffic = await startTraffic({ databaseUrl: url, origins: [server.origin], ordersPerSecond: 20 })
    await pause(WARM_UP_SECONDS * 1000)
    traffic.mark('before')
    await pause(BASELINE_SECONDS * 1000)
    traffic.mark('purge')
    const from = performance.now()
    const purge = await runChild(url)
    const to = performance.now()
    traffic.mark('after')
    const { samples, orders, walls } = await traffic.stop()
    const waited = waits.between(from, to)
    const longest = longestOf(waited)
    const longestBefore = longestOf(waits.between(from - BASELINE_SECONDS * 1000, from))
    const waits99 = spreadOf(waited.map(({ ms }) => ms)).p99
    const problems = [
      ...(await problemsLeft(session)),
      ...(orders.lost + orders.doubled + walls.missed > 0
        ? ['orders or events of the traffic were lost']
        : []),
    ]
    const rows = ['before', 'purge'].flatMap((label) =>
      [...figuresOf(samples, (sample) => sample.label === label)].map(([kind, figures]) => [
        `${kind}, ${label === 'purge' ? 'during the purge' : 'before it'}`,
        n(figures.count),
        String(figures.failed),
        ...[figures.p50, figures.p99, figures.max].map(n),
      ]),
    )
    const text = [
      `${await circumstances(session)}; 20 orders a second, 40 screens, 10 readers, two web processes with ${POOL_MAX} connections each.`,
      '',
      purgedInWords(purge, count, to - from),
      '',
      `**Longest wait for a lock by anybody: ${longest ? `${n(longest.ms)} ms` : 'none seen'}**${kept(longest?.ms ?? 0, LONGEST_WAIT_MS)}${longest ? `, of ${n(waited.length)} that were seen, p99 ${n(waits99)} ms: ${longest.what} by \`${longest.asked}\`, behind \`${longest.heldBy}\`` : ''}; in the ${BASELINE_SECONDS} s before it ${longestBefore ? `${n(longestBefore.ms)} ms` : 'none seen'}. Orders within their keep and all stored figures are what they were; ${n(orders.placed)} orders placed meanwhile, ${orders.lost} lost, ${orders.refused} refused; ${walls.missed} of ${n(walls.events)} events missed by a screen.`,
      '',
      markdownTable(['request', 'count', 'failed', 'median ms', 'p99 ms', 'max ms'], rows),
    ].join('\n')
    return { text, problems }
  } finally {
    await waits.stop()
    await server.stop()
  }
}

async function runChild(url: string): Promise<Purge> {
  const script = new URL('./purge/purge-child.ts', import.meta.url).pathname
  const child = spawn(process.execPath, ['--import', 'tsx', script, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`The purge ended with code ${code}.`)
  return JSON.parse(output) as Purge
}

async function countExpired(session: Session): Promise<number> {
  const [row] = await session.query<{ left: number }>(
    'select count(*)::int as left from orders where business_date < current_date - $1::int - 1',
    [DAYS_KEPT],
  )
  return row?.left ?? 0
}
