import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openEmbedded } from '@/bin/lib/embedded.mjs'
import { openSession } from '@/db/client'
import { loadDemo } from '@/db/seed/demo/load'
import { migrateOrThrow } from '@/db/testing/migrated'

const LOOK_EVERY_MS = 10
const STOPS_WITHIN_MS = 30_000

type Embedded = Awaited<ReturnType<typeof openEmbedded>>

/** When a server answered again: by the clock of this process, and by that of the machine, which databases have. */
export type Moment = { at: number; time: number }
export const now = (): Moment => ({ at: performance.now(), time: Date.now() })

/** A PostgreSQL of one's own, with the demo chain, to be killed. As safe as the one of `npm start`: what it said it keeps. */
export class OwnPostgres {
  /** Each start is a lease of its own; the server stays until all are given up. */
  readonly #starts: Embedded[] = []

  private constructor(private readonly dataDir: string) {}

  static async open(): Promise<OwnPostgres> {
    const own = new OwnPostgres(mkdtempSync(join(tmpdir(), 'brigade-chaos-')))
    await own.start()
    await migrateOrThrow(own.url)
    await loadDemo(own.url)
    return own
  }

  get url(): string {
    return this.#latest.url
  }

  /** As a power cut does. */
  kill(): void {
    process.kill(this.#latest.pid, 'SIGKILL')
  }

  /** As an operator does: everybody is disconnected. */
  async stop(): Promise<void> {
    process.kill(this.#latest.pid, 'SIGINT')
    const deadline = performance.now() + STOPS_WITHIN_MS
    while (existsSync(join(this.#latest.folder, 'postmaster.pid'))) {
      if (performance.now() > deadline) throw new Error('PostgreSQL did not stop.')
      await pause(LOOK_EVERY_MS)
    }
  }

  /** @returns when it took the first connection */
  async start(): Promise<Moment> {
    const known = this.#starts.at(-1)?.url
    const starting = openEmbedded({ dataDir: this.dataDir })
    const [started, ready] = await Promise.all([starting, known ? firstConnection(known) : null])
    this.#starts.push(started)
    if (known && started.url !== known) throw new Error('PostgreSQL came back at another address.')
    return ready ?? now()
  }

  async close(): Promise<void> {
    for (const start of this.#starts) await start.close()
    rmSync(this.dataDir, { recursive: true, force: true })
  }

  get #latest(): Embedded {
    const latest = this.#starts.at(-1)
    if (!latest) throw new Error('PostgreSQL was never started.')
    return latest
  }
}

async function firstConnection(url: string): Promise<Moment> {
  const deadline = performance.now() + STOPS_WITHIN_MS
  for (;;) {
    try {
      const session = await openSession(url, { applicationName: 'bench chaos' })
      const ready = now()
      await session.close()
      return ready
    } catch (error) {
      if (performance.now() > deadline) throw error
      await pause(LOOK_EVERY_MS)
    }
  }
}
