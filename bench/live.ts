import { freePort } from '@/bin/lib/free-port.mjs'
import { openSession } from '@/db/client'
import { volumeDatabase, withCopy } from './lib/database'
import { spreadOf } from './lib/meter'
import { circumstances, markdownTable, writeSection } from './lib/report'
import { serve, signInAsAdmin } from './lib/server'
import { openKitchens, openTraffic, startTraffic, type Traffic } from './live/kitchens'
import { allLive, openScreens, type Screen, until } from './live/screens'
import { judge, type Verdict } from './live/verdict'

const RESTAURANTS = 20
const SCREENS = 200
const ORDERS_A_SECOND = 20
const PROCESSES = 2
/** In less time one sees whether the tool works, and nothing of memory. */
const SECONDS = 60
const MEMORY_EVERY_MS = 1000

type Sample = { second: number; megabytes: number }
type Run = {
  seconds: number
  waits: number[]
  verdict: Verdict
  memory: Sample[]
  orders: number
  refused: number
}

/** Milliseconds from sending each COMMIT until a screen had applied its event, for every screen. */
function waitsOf({ committed }: Traffic, screens: readonly Screen[]): number[] {
  return screens.flatMap(({ shown }) =>
    [...shown.values()].flatMap(({ event, at }) => {
      const since = committed.get(`${event.orderId} ${event.kind}`)
      return since === undefined ? [] : [at - since]
    }),
  )
}

/** Resident memory of all web processes together. */
async function megabytes(metricsPort: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1]) / 2 ** 20
}

async function watchMemory(metricsPort: number, seconds: number): Promise<Sample[]> {
  const start = performance.now()
  const samples: Sample[] = []
  for (let second = 0; second <= seconds; second++) {
    const due = start + second * MEMORY_EVERY_MS - performance.now()
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due)))
    samples.push({ second, megabytes: await megabytes(metricsPort) })
  }
  return samples
}

async function run(databaseUrl: string, seconds: number): Promise<Run> {
  const metricsPort = await freePort()
  const server = await serve(databaseUrl, PROCESSES, 10, { metricsPort })
  const db = openTraffic(databaseUrl)
  const kitchens = await openKitchens(db, RESTAURANTS)
  const cookie = await signInAsAdmin(server.origin)
  const scopes = kitchens.map(({ scope }) => scope)
  const screens = await openScreens(db, scopes, SCREENS, { origin: server.origin, cookie })
  try {
    await until('all screens are connected', () => allLive(screens))
    const traffic = startTraffic(db, kitchens, ORDERS_A_SECOND)
    const memory = await watchMemory(metricsPort, seconds)
    await traffic.stop()
    const verdict = await judge(db, kitchens, screens)
    const orders = [...traffic.committed.keys()].filter((key) => key.endsWith(' placed')).length
    return { seconds, waits: waitsOf(traffic, screens), verdict, memory, orders, refused: traffic.refused() }
  } finally {
    for (const screen of screens) screen.stop()
    await server.stop()
    await db.close()
  }
}

function report({ seconds, waits, verdict, memory, orders, refused }: Run): string {
  const { median, p99, max } = spreadOf(waits)
  const every = Math.max(1, Math.floor(seconds / 6))
  const samples = memory.filter(({ second }) => second % every === 0)
  return [
    `${SCREENS} screens on ${RESTAURANTS} restaurants, ${PROCESSES} web processes, ${orders} orders in ${seconds} s, each bumped once (${refused} writes refused).`,
    '',
    markdownTable(
      ['from COMMIT to the screen', 'events', 'median ms', 'p99 ms', 'max ms', 'missed', 'shown twice'],
      [
        [
          'order or bump',
          String(waits.length),
          ...[median, p99, max].map((ms) => ms.toFixed(0)),
          String(verdict.missed),
          String(verdict.twice),
        ],
      ],
    ),
    '',
    markdownTable(
      ['second', ...samples.map(({ second }) => String(second))],
      [['web processes, MB', ...samples.map((sample) => sample.megabytes.toFixed(0))]],
    ),
  ].join('\n')
}

/**
 * Measures how soon walls show what happens, on a copy of the volume set, prints it and writes it down.
 * @param args the seconds that it takes, without one 60
 */
export async function benchLive(databaseUrl: string, args: readonly string[]): Promise<void> {
  const seconds = Number(args[0] ?? SECONDS)
  if (!(seconds > 0)) throw new Error(`"${args[0]}" is no number of seconds.`)
  const url = await volumeDatabase(databaseUrl, 1)
  await withCopy(url, async (copy) => {
    const result = await run(copy, seconds)
    const session = await openSession(copy)
    const text = [`${await circumstances(session)}.`, '', report(result)].join('\n')
    await session.close()
    console.log(text)
    await writeSection('live', text)
  })
}
