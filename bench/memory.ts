import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openDatabase, openSession } from '@/db/client'
import { volumeDatabase, withCopy } from './lib/database'
import { spreadOf } from './lib/meter'
import { circumstances, markdownTable, writeSection } from './lib/report'
import { serve, signInAsAdmin } from './lib/server'
import { openCrowd } from './load/crowd'
import { Tally } from './load/tally'
import { closePlaces, openPlaces } from './migrate/traffic/places'

const OPTIONS = {
  minutes: { type: 'string', default: '30' },
  users: { type: 'string', default: '60' },
} as const

const PROCESSES = 2
const RESTAURANTS = 20
const PAUSE_MS = 500
/** When what is kept has been made and the compiler has seen everything; a sixth of a shorter run. */
const SETTLED_MINUTES = 5
/** How much more there may be in the end. */
const TOLERANCE = 0.1
/** A process takes memory and gives it back in turns, by more than that: each figure is the median of so many looks. */
const LOOKS = 7
const BETWEEN_LOOKS_MS = 10_000

/** Bytes. `rss`: what the process occupies; `heapUsed`: objects of JavaScript that are needed. */
type Memory = { rss: number; heapUsed: number }
/** By the number of the process. */
type Look = { minute: number; processes: Map<string, Memory> }

/** Ends with the minute. */
async function look(folder: string, minute: number, startedAt: number): Promise<Look> {
  const betweenMs = Math.min(BETWEEN_LOOKS_MS, (minute * 60_000) / (2 * LOOKS))
  const seen = new Map<string, Memory[]>()
  for (let left = LOOKS - 1; left >= 0; left--) {
    await pause(Math.max(0, startedAt + minute * 60_000 - left * betweenMs - performance.now()))
    for (const file of (await readdir(folder)).sort()) {
      const pid = file.replace('.sock', '')
      seen.set(pid, [...(seen.get(pid) ?? []), await ask(join(folder, file))])
    }
  }
  const medianOf = (looks: readonly Memory[], figure: keyof Memory) =>
    spreadOf(looks.map((memory) => memory[figure])).median
  const processes = [...seen].map(
    ([pid, looks]) => [pid, { rss: medianOf(looks, 'rss'), heapUsed: medianOf(looks, 'heapUsed') }] as const,
  )
  return { minute, processes: new Map(processes) }
}

async function ask(path: string): Promise<Memory> {
  const socket = connect(path)
  let text = ''
  socket.setEncoding('utf8').on('data', (piece) => {
    text += piece
  })
  await once(socket, 'close')
  return JSON.parse(text) as Memory
}

async function run(databaseUrl: string, folder: string, minutes: number, users: number): Promise<Look[]> {
  const nodeArgs = ['--expose-gc', '--import', './bench/memory/tell.mjs']
  const server = await serve(databaseUrl, PROCESSES, 10, { nodeArgs, env: { MEMORY_FOLDER: folder } })
  const db = openDatabase(databaseUrl, { max: 1, applicationName: 'bench memory' })
  const { places, name } = await openPlaces(db, RESTAURANTS)
  try {
    const cookie = await signInAsAdmin(server.origin)
    const crowd = openCrowd({
      origin: server.origin,
      cookie,
      places,
      users,
      pauseMs: PAUSE_MS,
      tally: new Tally(),
    })
    const looks: Look[] = []
    const startedAt = performance.now()
    for (const minute of minutesOf(minutes)) looks.push(await look(folder, minute, startedAt))
    await crowd.stop()
    return looks
  } finally {
    await closePlaces(db, name)
    await db.close()
    await server.stop()
  }
}

/** From when it has settled to the end, in five equal parts. */
function minutesOf(minutes: number): number[] {
  const first = Math.min(SETTLED_MINUTES, minutes / 6)
  return Array.from({ length: 6 }, (_, part) => first + ((minutes - first) * part) / 5)
}

const MIB = 2 ** 20
const table = (looks: readonly Look[]): string =>
  markdownTable(
    ['MiB after', ...looks.map(({ minute }) => `${Number(minute.toFixed(1))} min`), 'last to first'],
    [...(looks[0]?.processes.keys() ?? [])].flatMap((pid, index) =>
      (['rss', 'heapUsed'] as const).map((figure) => {
        const values = looks.map(({ processes }) => processes.get(pid)?.[figure] ?? Number.NaN)
        const what = `process ${index + 1}, ${figure === 'rss' ? 'resident' : 'heap in use'}`
        return [what, ...values.map((value) => (value / MIB).toFixed(0)), ratio(values).toFixed(2)]
      }),
    ),
  )

const ratio = (values: readonly number[]) => (values.at(-1) ?? Number.NaN) / (values[0] ?? Number.NaN)

function grown(looks: readonly Look[]): string[] {
  return [...(looks[0]?.processes.keys() ?? [])].flatMap((pid) =>
    (['rss', 'heapUsed'] as const).flatMap((figure) => {
      const of = ratio(looks.map(({ processes }) => processes.get(pid)?.[figure] ?? Number.NaN))
      return of <= 1 + TOLERANCE ? [] : [`${figure} of process ${pid} is ${of.toFixed(2)} of what it was.`]
    }),
  )
}

/** Watches the memory of each process under mixed load; fails where it grows, or a process is gone in the end. */
export async function benchMemory(databaseUrl: string, args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS })
  const url = await volumeDatabase(databaseUrl, 1)
  const folder = await mkdtemp(join(tmpdir(), 'brigade-memory-'))
  try {
    await withCopy(url, async (copy) => {
      const looks = await run(copy, folder, Number(values.minutes), Number(values.users))
      const session = await openSession(copy)
      const where = await circumstances(session)
      await session.close()
      const text = [
        `${where}; a supervisor and ${PROCESSES} web processes under ${values.users} users, half a second between an answer and the next question. Each figure is the median of ${LOOKS} looks shortly before.`,
        '',
        table(looks),
      ].join('\n')
      console.log(text)
      const broken = grown(looks)
      if (broken.length > 0) throw new Error(broken.join('\n'))
      await writeSection('memory', text)
    })
  } finally {
    await rm(folder, { recursive: true })
  }
}
