import autocannon, { type Result } from 'autocannon'
import { openSession } from '@/db/client'
import { recipeSearchParams } from '@/domain/recipe-search'
import { volumeDatabase } from '../lib/database'
import { markdownTable } from '../lib/report'
import { type BenchServer, serve, signInAsAdmin } from '../lib/server'
import { SEARCHES } from './searches'

/** Whole pages: signed in, over HTTP, each connection asking the next search of the matrix as soon as one is answered. */
const EMPTY = '/about'
const CONNECTIONS = [10, 100]
const SECONDS = 15
const WARM_SECONDS = 4

export type PageLoad = { connections: number; empty: Result; searches: Result }

/** The search pages of the volume set's 50,000 recipes beside the empty page, on two web processes. */
export async function measureRecipePages(databaseUrl: string): Promise<PageLoad[]> {
  const url = await volumeDatabase(databaseUrl, 1)
  const paths = await searchPaths(url)
  const server = await serve(url, 2, 5)
  try {
    const cookie = await signInAsAdmin(server.origin)
    await load(server, cookie, paths, { connections: 10, seconds: WARM_SECONDS })
    const loads: PageLoad[] = []
    for (const connections of CONNECTIONS) {
      const asked = { connections, seconds: SECONDS }
      console.log(`pages at ${connections} connections`)
      loads.push({
        connections,
        empty: await load(server, cookie, [EMPTY], asked),
        searches: await load(server, cookie, paths, asked),
      })
    }
    return loads
  } finally {
    await server.stop()
  }
}

async function searchPaths(url: string): Promise<string[]> {
  const session = await openSession(url)
  const [restaurant] = await session.query<{ slug: string }>('select slug from restaurants where id = 1')
  await session.close()
  return SEARCHES.map(({ search, stocked }) => {
    const stockedAt = stocked ? (restaurant?.slug ?? null) : null
    return `/recipes?${recipeSearchParams({ ...search, stockedAt })}`
  })
}

const load = (
  { origin }: BenchServer,
  cookie: string,
  paths: readonly string[],
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Result> =>
  autocannon({
    url: origin,
    connections,
    duration: seconds,
    timeout: 30,
    requests: paths.map((path) => ({ method: 'GET', path, headers: { cookie } })),
  })

export function pageTable(loads: readonly PageLoad[]): string {
  const row = (name: string, connections: number, { requests, latency, throughput, ...result }: Result) => [
    name,
    String(connections),
    requests.average.toFixed(0),
    (throughput.average / requests.average / 1024).toFixed(0),
    latency.p50.toFixed(0),
    latency.p99.toFixed(0),
    latency.max.toFixed(0),
    String(result.errors + result.timeouts + result.non2xx),
  ]
  return markdownTable(
    ['page', 'connections', 'requests/s', 'KiB', 'p50 ms', 'p99 ms', 'slowest ms', 'failed'],
    loads.flatMap(({ connections, empty, searches }) => [
      row(`${EMPTY} (the empty page)`, connections, empty),
      row(`/recipes, the ${SEARCHES.length} searches in turn`, connections, searches),
      [
        'the searches to the empty page',
        String(connections),
        (searches.requests.average / empty.requests.average).toFixed(2),
        '',
        (searches.latency.p50 / empty.latency.p50).toFixed(1),
        (searches.latency.p99 / empty.latency.p99).toFixed(1),
        '',
        '',
      ],
    ]),
  )
}
