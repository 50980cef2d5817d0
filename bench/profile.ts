import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { openSession } from '@/db/client'
import { volumeDatabase } from './lib/database'
import { circumstances, markdownTable, writeSection } from './lib/report'
import { serve, signInAsAdmin } from './lib/server'

/** A `.cpuprofile` of V8, as far as we read it. Times in microseconds. */
type CpuProfile = {
  nodes: { id: number; callFrame: { functionName: string; url: string } }[]
  samples: number[]
  timeDeltas: number[]
}

const PAGES = ['/about', '/menu', '/inventory/alerts']
const SECONDS = 10

/** What a function belongs to, by its file. React's renderer is bundled into Next's runtime. */
function belongsTo({ functionName, url }: CpuProfile['nodes'][number]['callFrame']): string | null {
  if (functionName === '(idle)') return null
  if (functionName === '(garbage collector)') return 'garbage collection'
  if (url === '' || url.startsWith('node:')) return 'Node and V8'
  if (/\/next\/dist\/compiled\/next-server\//.test(url)) return "React's renderer and Next's runtime"
  if (/\/node_modules\/next\//.test(url)) return "Next's server"
  if (/\/node_modules\//.test(url)) return 'driver and other packages'
  return 'our pages, queries and Drizzle'
}

function shares({ nodes, samples, timeDeltas }: CpuProfile): Map<string, number> {
  const owners = new Map(nodes.map(({ id, callFrame }) => [id, belongsTo(callFrame)]))
  const times = new Map<string, number>()
  samples.forEach((id, index) => {
    const owner = owners.get(id)
    if (owner) times.set(owner, (times.get(owner) ?? 0) + (timeDeltas[index] ?? 0))
  })
  const total = [...times.values()].reduce((sum, time) => sum + time, 0)
  return new Map([...times].map(([owner, time]) => [owner, time / total]))
}

/** Profiles one web process from its start to its end, nearly all of which is serving one page. */
async function profileOf(databaseUrl: string, page: string): Promise<Map<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), 'brigade-profile-'))
  try {
    const server = await serve(databaseUrl, 1, 10, {
      nodeArgs: ['--cpu-prof', '--cpu-prof-dir', folder],
    })
    const headers = { cookie: await signInAsAdmin(server.origin) }
    await autocannon({ url: server.origin + page, connections: 10, duration: SECONDS, headers })
    await server.stop()
    const [file] = await readdir(folder)
    if (!file) throw new Error('The server left no profile.')
    return shares(JSON.parse(await readFile(join(folder, file), 'utf8')) as CpuProfile)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Prints who uses the processor while pages are served, and writes it into the performance document. */
export async function benchProfile(databaseUrl: string): Promise<void> {
  const url = await volumeDatabase(databaseUrl, 1)
  const session = await openSession(url)
  const profiles: Map<string, number>[] = []
  for (const page of PAGES) profiles.push(await profileOf(url, page))
  const owners = [...new Set(profiles.flatMap((profile) => [...profile.keys()]))].sort()
  const percent = (share: number | undefined) => `${Math.round((share ?? 0) * 100)} %`
  const rows = owners.map((owner) => [owner, ...profiles.map((profile) => percent(profile.get(owner)))])
  const text = `${await circumstances(session)}.\n\n${markdownTable(['', ...PAGES], rows)}`
  await session.close()
  console.log(text)
  await writeSection('profile', text)
}
