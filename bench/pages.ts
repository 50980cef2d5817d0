import autocannon, { type Result } from 'autocannon'
import { openSession, type Session } from '@/db/client'
import { volumeDatabase } from './lib/database'
import { circumstances, markdownTable, median, writeSection } from './lib/report'
import { type BenchServer, serve, signInAsAdmin } from './lib/server'

/** The four signed-in pages side by side: what each costs the database, and how many a second come out. */
const EMPTY = '/about'
const ROUNDS = 3
const ROUND_SECONDS = 8
const CONNECTIONS = 10
const USERS = 100
const SAMPLE = 50

type Cost = { queries: number; milliseconds: number; bytes: number }

/** Statements and executor milliseconds of one request, from the server's own count over `SAMPLE` requests. */
async function databaseCost(session: Session, url: string, cookie: string): Promise<Cost> {
  const get = async () => {
    const answer = await fetch(url, { headers: { cookie } })
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}.`)
    return (await answer.arrayBuffer()).byteLength
  }
  for (let warm = 0; warm < SAMPLE; warm++) await get()
  await session.query('select pg_stat_statements_reset()')
  let bytes = 0
  for (let sample = 0; sample < SAMPLE; sample++) bytes = await get()
  const [sum] = await session.query<{ calls: string; ms: number }>(
    `select coalesce(sum(calls), 0) as calls, coalesce(sum(total_exec_time), 0) as ms from pg_stat_statements
     where dbid = (select oid from pg_database where datname = current_database())
       and query not like '%pg_stat_statements%'`,
  )
  return { queries: Number(sum?.calls ?? 0) / SAMPLE, milliseconds: (sum?.ms ?? 0) / SAMPLE, bytes }
}

const load = (url: string, cookie: string, connections: number): Promise<Result> =>
  autocannon({ url, connections, duration: ROUND_SECONDS, headers: { cookie }, timeout: 30 })

const failures = (result: Result): number => result.errors + result.timeouts + result.non2xx

async function measure(server: BenchServer, session: Session, cookie: string) {
  const [row] = await session.query<{ slug: string }>(
    'select slug from restaurants where is_active order by id limit 1',
  )
  const pages = [EMPTY, '/menu', `/kitchen/${row?.slug}`, '/inventory/alerts']
  const costs = new Map<string, Cost>()
  for (const page of pages) costs.set(page, await databaseCost(session, server.origin + page, cookie))

  const rounds = new Map<string, Result[]>(pages.map((page) => [page, []]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const page of pages) rounds.get(page)?.push(await load(server.origin + page, cookie, CONNECTIONS))
  }
  const crowds = new Map<string, Result>()
  for (const page of pages) crowds.set(page, await load(server.origin + page, cookie, USERS))
  return { pages, costs, rounds, crowds }
}

function table({ pages, costs, rounds, crowds }: Awaited<ReturnType<typeof measure>>): string {
  const rate = (page: string) => median((rounds.get(page) ?? []).map((result) => result.requests.average))
  const empty = rate(EMPTY)
  const rows = pages.map((page) => {
    const runs = rounds.get(page) ?? []
    const crowd = crowds.get(page)
    const cost = costs.get(page)
    return [
      page === EMPTY ? `${page} (the empty page)` : page,
      (cost?.queries ?? 0).toFixed(1),
      (cost?.milliseconds ?? 0).toFixed(2),
      rate(page).toFixed(0),
      (rate(page) / empty).toFixed(2),
      median(runs.map((run) => run.latency.p50)).toFixed(0),
      median(runs.map((run) => run.latency.p99)).toFixed(0),
      ((cost?.bytes ?? 0) / 1024).toFixed(0),
      crowd ? crowd.latency.p99.toFixed(0) : '',
      crowd ? String(failures(crowd) + runs.reduce((sum, run) => sum + failures(run), 0)) : '',
    ]
  })
  return markdownTable(
    [
      'page',
      'queries',
      'database ms',
      'requests/s',
      'of the empty page',
      'p50 ms',
      'p99 ms',
      'KiB',
      `p99 ms at ${USERS} users`,
      'failed',
    ],
    rows,
  )
}

/** Runs the benchmark on the volume set, prints its table and writes it into the performance document. */
export async function benchPages(databaseUrl: string): Promise<void> {
  const url = await volumeDatabase(databaseUrl, 1)
  const session = await openSession(url)
  await session.query('create extension if not exists pg_stat_statements')
  const server = await serve(url, 2, CONNECTIONS / 2)
  try {
    const cookie = await signInAsAdmin(server.origin)
    const text = [
      `${await circumstances(session)}; two web processes, ${CONNECTIONS} connections each way, median of ${ROUNDS} interleaved rounds of ${ROUND_SECONDS} s, volume set at scale 1.`,
      '',
      table(await measure(server, session, cookie)),
    ].join('\n')
    console.log(text)
    await writeSection('pages', text)
  } finally {
    await server.stop()
    await session.close()
  }
}
