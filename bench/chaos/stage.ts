import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '@/bin/lib/free-port.mjs'
import { openSession } from '@/db/client'
import { type BenchServer, serve } from '../lib/server'
import { startTraffic, type Traffic } from '../migrate/traffic'
import { groupBy } from '../migrate/traffic/recorder'
import { Link } from './link'
import { Metrics } from './metrics'
import { type Moment, OwnPostgres } from './postgres'
import { workersOf } from './processes'
import { untilRight } from './walls'

const PROCESSES = 2
const SCREENS = 10
/** Longer than any promise: who is not back by then is not coming. */
const WATCH_MS = 20_000

const REPLACED_WITHIN_MS = 60_000
/** What a new process is asked first takes longer. */
const SETTLE_MS = 2000

/** How long it took after the database was there again; null: longer than it was watched. */
export type Recovery = { firstSuccessMs: number | null; rightMs: number | null }

/** Everything that a scenario may break, and what it can see of it. */
export type Stage = {
  postgres: OwnPostgres
  link: Link
  server: BenchServer
  traffic: Traffic
  /** What the web processes logged of troubles so far, one a line. */
  troubles(): string
  workers(): number[]
  /** Runs a statement on the database itself, however slow or held the link is. */
  ask<Row>(statement: string, params?: readonly unknown[]): Promise<Row[]>
  metrics: Metrics
  /** Waits until as many web processes serve as should. */
  allServe(): Promise<void>
  /** Waits until people are served and walls are right again after the database came back. */
  recovery(ready: Moment): Promise<Recovery>
  close(): Promise<void>
}

/** `poolMax`: connections of each web process. */
export type Load = { ordersPerSecond: number; readers: number; poolMax: number }

export async function openStage({ poolMax, ...load }: Load): Promise<Stage> {
  const postgres = await OwnPostgres.open()
  const link = await Link.to(postgres.url)
  const metricsPort = await freePort()
  const metrics = new Metrics(metricsPort)
  let troubles = ''
  const onTrouble = (text: string) => {
    troubles += text
  }
  const server = await serve(link.url, PROCESSES, poolMax, { metricsPort, onTrouble })
  const traffic = await startTraffic({
    databaseUrl: postgres.url,
    origins: [server.origin],
    screens: SCREENS,
    ...load,
  })

  return {
    postgres,
    link,
    server,
    traffic,
    troubles: () => troubles,
    workers: () => workersOf(server.pid),
    async ask<Row>(statement: string, params?: readonly unknown[]) {
      const session = await openSession(postgres.url, { applicationName: 'bench chaos' })
      try {
        return await session.query<Row>(statement, params)
      } finally {
        await session.close()
      }
    },
    metrics,
    allServe: () => allServe(metrics),
    async recovery(ready) {
      const [firstSuccessMs, rightMs] = await Promise.all([
        firstSuccess(traffic, ready),
        untilRight(traffic.screens, ready, WATCH_MS),
      ])
      return { firstSuccessMs, rightMs }
    },
    async close() {
      await server.stop()
      link.close()
      await postgres.close()
    },
  }
}

/** Milliseconds until a request ended well: pages, orders and presses all need the database. */
async function firstSuccess({ samples }: Traffic, ready: Moment): Promise<number | null> {
  const ends = () =>
    samples
      .filter(
        ({ kind, failure }) => failure === null && kind !== 'wall stream' && kind !== 'order on the wall',
      )
      .map(({ at, ms }) => at + ms)
      .filter((end) => end >= ready.at)
  for (; performance.now() - ready.at < WATCH_MS; await pause(20)) {
    const [first = null] = ends().sort((a, b) => a - b)
    if (first !== null) return first - ready.at
  }
  return null
}

async function allServe(metrics: Metrics): Promise<void> {
  for (
    const deadline = performance.now() + REPLACED_WITHIN_MS;
    performance.now() < deadline;
    await pause(250)
  ) {
    const serving = await metrics.serving().catch(() => 0)
    if (serving === PROCESSES) return pause(SETTLE_MS)
  }
  throw new Error('Not all web processes serve again.')
}

/** Requests that somebody waits for, by the scenario in which they began. */
export const requestsByLabel = (samples: Traffic['samples']) =>
  groupBy(
    samples.filter(({ kind }) => kind === 'order' || kind === 'press' || kind === 'page'),
    ({ label }) => label,
  )
