import autocannon, { type Result } from 'autocannon'
import { openSession, type Session } from '@/db/client'
import { volumeDatabase } from './lib/database'
import { circumstances, markdownTable, median, writeSection } from './lib/report'
import { type BenchServer, serve, signInAsAdmin } from './lib/server'
import { bareNext, bareNode } from './pages/bare'

/** Pages side by side, what each costs the database and how many a second come out, beside servers that only send bytes. */
const EMPTY = '/about'
const PROCESSES = 2
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

type Measured = {
  path: string
  name: string
  cost: Cost
  /** A round each, interleaved with those of all others. */
  runs: Result[]
  bare: Result[]
  /** The guest menu's only. */
  bareNext: Result[]
  crowd: Result
}

async function measure(server: BenchServer, session: Session, cookie: string): Promise<Measured[]> {
  const [row] = await session.query<{ slug: string }>(
    'select slug from restaurants where is_active order by id limit 1',
  )
  const guest = `/m/${row?.slug}`
  const paths = [EMPTY, '/menu', '/recipes', `/kitchen/${row?.slug}`, '/inventory/alerts', guest]
  const bodies: Uint8Array[] = []
  for (const path of paths) bodies.push(await bodyOf(server.origin + path, cookie))
  const node = await bareNode(PROCESSES, bodies)
  const next = await bareNext(PROCESSES)
  try {
    const sameBytes = await next.pathOf(bodies.at(-1)?.length ?? 0)
    const all: Omit<Measured, 'crowd'>[] = []
    for (const path of paths) {
      const name = path === EMPTY ? `${path} (the empty page)` : path
      const cost = await databaseCost(session, server.origin + path, cookie)
      all.push({ path, name, cost, runs: [], bare: [], bareNext: [] })
    }
    for (let round = 0; round < ROUNDS; round++) {
      for (const [index, page] of all.entries()) {
        page.runs.push(await load(server.origin + page.path, cookie, CONNECTIONS))
        page.bare.push(await load(`${node.origin}/${index}`, cookie, CONNECTIONS))
        if (page.path === guest) page.bareNext.push(await load(next.origin + sameBytes, cookie, CONNECTIONS))
      }
    }
    const measured: Measured[] = []
    for (const page of all)
      measured.push({ ...page, crowd: await load(server.origin + page.path, cookie, USERS) })
    return measured
  } finally {
    await node.stop()
    await next.stop()
  }
}

async function bodyOf(url: string, cookie: string): Promise<Uint8Array> {
  const ask = async () => new Uint8Array(await (await fetch(url, { headers: { cookie } })).arrayBuffer())
  // The first answer of a kept page is the one that is being kept.
  await ask()
  return ask()
}

const rate = (runs: readonly Result[]) => median(runs.map((result) => result.requests.average))

function tables(pages: readonly Measured[]): string {
  const empty = rate(pages.find(({ path }) => path === EMPTY)?.runs ?? [])
  const rows = pages.map(({ path, name, cost, runs, bare, crowd }) => [
    name,
    cost.queries.toFixed(1),
    cost.milliseconds.toFixed(2),
    rate(runs).toFixed(0),
    path.startsWith('/m/') ? '' : (rate(runs) / empty).toFixed(2),
    rate(bare).toFixed(0),
    median(runs.map((run) => run.latency.p50)).toFixed(0),
    median(runs.map((run) => run.latency.p99)).toFixed(0),
    (cost.bytes / 1024).toFixed(0),
    crowd.latency.p99.toFixed(0),
    String(failures(crowd) + [...runs, ...bare].reduce((sum, run) => sum + failures(run), 0)),
  ])
  const guest = pages.find(({ bareNext }) => bareNext.length > 0)
  const [ours, fixed] = [rate(guest?.runs ?? []), rate(guest?.bareNext ?? [])]
  return [
    markdownTable(
      [
        'page',
        'queries',
        'database ms',
        'requests/s',
        'of the empty page',
        'bare Node, same bytes',
        'p50 ms',
        'p99 ms',
        'KiB',
        `p99 ms at ${USERS} users`,
        'failed',
      ],
      rows,
    ),
    '',
    `A static page of as many bytes in a Next app that has nothing else: ${fixed.toFixed(0)} requests/s; the guest menu is ${(ours / fixed).toFixed(2)} times as fast.`,
  ].join('\n')
}

/** Runs the benchmark on the volume set, prints its table and writes it into the performance document. */
export async function benchPages(databaseUrl: string): Promise<void> {
  const url = await volumeDatabase(databaseUrl, 1)
  const session = await openSession(url)
  await session.query('create extension if not exists pg_stat_statements')
  const server = await serve(url, PROCESSES, CONNECTIONS / PROCESSES)
  try {
    const cookie = await signInAsAdmin(server.origin)
    const text = [
      `${await circumstances(session)}; two web processes, ${CONNECTIONS} connections each way, median of ${ROUNDS} interleaved rounds of ${ROUND_SECONDS} s, volume set at scale 1.`,
      '',
      tables(await measure(server, session, cookie)),
    ].join('\n')
    console.log(text)
    await writeSection('pages', text)
  } finally {
    await server.stop()
    await session.close()
  }
}
