import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { SourceMap } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import { openSession } from '@/db/client'
import { volumeDatabase } from './lib/database'
import { circumstances, markdownTable, writeSection } from './lib/report'
import { serve, signInAsAdmin } from './lib/server'

type CallFrame = { functionName: string; url: string; lineNumber: number; columnNumber: number }
/** A `.cpuprofile` of V8, as far as we read it. Times in microseconds. */
type CpuProfile = {
  nodes: { id: number; callFrame: CallFrame; children?: number[] }[]
  samples: number[]
  timeDeltas: number[]
}
/** Microseconds of the processor a request, by what they were spent on; and how many requests there were. */
type Spent = { requests: number; times: Map<string, number> }

const CONNECTIONS = 10
const WARM_REQUESTS = 200
const REQUESTS = 800

/** Whose a file is, by the first that fits. React's three parts are bundled into Next's runtime. */
const OWNERS: readonly [RegExp, string][] = [
  [/react-dom-server/, 'React: HTML'],
  [/react-server-dom-\w+-server/, 'React: what the browser hydrates by, written'],
  [/react-server-dom-\w+-client/, 'React: the same, read again to make the HTML'],
  [/^node:/, 'Node: streams, sockets, buffers'],
  [/\/drizzle-orm\/|\/postgres\/src\/|\/db\/(queries|fragments)\//, 'queries: ours, Drizzle, the driver'],
  [/webpack:\/\/next|\/next\/|\.\.\/src\/server\/|turbopack:/, 'Next’s own'],
  [/\/(app|domain|db|bin)\//, 'our pages, their words and figures, our server'],
]
const OTHERS = 'other packages'
const COLLECTING = 'garbage collection'

const ownerOf = (file: string): string => OWNERS.find(([pattern]) => pattern.test(file))?.[1] ?? OTHERS

/** The file that the code of a frame was bundled from, as its source map tells; null for what is built into Node. */
function fileFinder(): (frame: CallFrame) => string | null {
  const maps = new Map<string, SourceMap | null>()
  const mapOf = (url: string) => {
    const known = maps.get(url)
    if (known !== undefined) return known
    const file = `${url.startsWith('file:') ? fileURLToPath(url) : url}.map`
    const found = existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : null
    maps.set(url, found)
    return found
  }
  return ({ url, lineNumber, columnNumber }) => {
    if (url === '') return null
    const entry = url.startsWith('node:') ? null : mapOf(url)?.findEntry(lineNumber, columnNumber)
    const source = entry && 'originalSource' in entry ? entry.originalSource : null
    return typeof source === 'string' ? source : url
  }
}

/** What each part of the program took by itself. What is built into Node counts as whose called it. */
function timesOf({ nodes, samples, timeDeltas }: CpuProfile): Map<string, number> {
  const fileOf = fileFinder()
  const owners = new Map<number, string | null>()
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const settle = (id: number, caller: string | null) => {
    const node = byId.get(id)
    if (!node) return
    const { functionName } = node.callFrame
    const file = fileOf(node.callFrame)
    const owner =
      functionName === '(idle)'
        ? null
        : functionName === '(garbage collector)'
          ? COLLECTING
          : file
            ? ownerOf(file)
            : (caller ?? OTHERS)
    owners.set(id, owner)
    for (const child of node.children ?? []) settle(child, functionName.startsWith('(') ? null : owner)
  }
  const [root] = nodes
  if (root) settle(root.id, null)

  const times = new Map<string, number>()
  samples.forEach((id, index) => {
    const owner = owners.get(id)
    if (owner) times.set(owner, (times.get(owner) ?? 0) + (timeDeltas[index] ?? 0))
  })
  return times
}

/** Profiles one web process from its start to its end, nearly all of which is serving one page. */
async function profileOf(databaseUrl: string, page: string): Promise<Spent> {
  const folder = await mkdtemp(join(tmpdir(), 'brigade-profile-'))
  try {
    const server = await serve(databaseUrl, 1, CONNECTIONS, {
      nodeArgs: ['--cpu-prof', '--cpu-prof-dir', folder],
    })
    const headers = { cookie: await signInAsAdmin(server.origin) }
    const ask = (amount: number) =>
      autocannon({ url: server.origin + page, connections: CONNECTIONS, amount, headers, timeout: 30 })
    await ask(WARM_REQUESTS)
    await ask(REQUESTS)
    await server.stop()
    const [file] = await readdir(folder)
    if (!file) throw new Error('The server left no profile.')
    const profile = JSON.parse(await readFile(join(folder, file), 'utf8')) as CpuProfile
    return { requests: WARM_REQUESTS + REQUESTS, times: timesOf(profile) }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/**
 * Prints what the processor does while pages are served, in milliseconds a request and its share of the page, and of
 * the usual pages writes it into the performance document. `asked` are others, which are printed only.
 */
export async function benchProfile(databaseUrl: string, asked: readonly string[]): Promise<void> {
  const url = await volumeDatabase(databaseUrl, 1)
  const session = await openSession(url)
  const [row] = await session.query<{ slug: string }>(
    'select slug from restaurants where is_active order by id limit 1',
  )
  const usual = ['/about', '/menu', '/recipes', '/inventory/alerts', `/kitchen/${row?.slug}`]
  const pages = asked.length > 0 ? asked : usual
  const profiles: Spent[] = []
  for (const page of pages) profiles.push(await profileOf(url, page))
  const text = [
    `${await circumstances(session)}; one web process, ${CONNECTIONS} connections, ${WARM_REQUESTS + REQUESTS} requests with its start, milliseconds a request while being profiled, which slows it.`,
    '',
    table(pages, profiles),
  ].join('\n')
  await session.close()
  console.log(text)
  if (asked.length === 0) await writeSection('profile', text)
}

function table(pages: readonly string[], profiles: readonly Spent[]): string {
  const sum = ({ times }: Spent) => [...times.values()].reduce((total, time) => total + time, 0)
  const owners = [...OWNERS.map(([, owner]) => owner), OTHERS, COLLECTING]
  const milliseconds = (time: number, { requests }: Spent) => (time / 1000 / requests).toFixed(2)
  const rows = owners.map((owner) => [
    owner,
    ...profiles.map((spent) => {
      const time = spent.times.get(owner) ?? 0
      return `${milliseconds(time, spent)} (${Math.round((100 * time) / sum(spent))} %)`
    }),
  ])
  const total = ['all', ...profiles.map((spent) => milliseconds(sum(spent), spent))]
  return markdownTable(['', ...pages], [...rows, total])
}
