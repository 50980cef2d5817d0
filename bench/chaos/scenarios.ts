import { setTimeout as pause } from 'node:timers/promises'
import { openSession } from '@/db/client'
import { now } from './postgres'
import type { Recovery, Stage } from './stage'
import { untilRed } from './walls'

/** What a scenario found, beside what is seen of every one. */
export type Found = {
  recoveries?: readonly Recovery[]
  /** Milliseconds until all walls were red; null: they were not in time. */
  redMs?: number | null
  /** When web processes were killed: what they had in flight may fail. */
  kills?: readonly number[]
  /** What was promised of this scenario alone and is not so. */
  broken?: readonly string[]
  note?: string
}

export type Scenario = {
  name: string
  title: string
  /** Web processes are replaced in it, so their numbers change. */
  replaces?: true
  /** Every request has to be served. */
  flawless?: true
  run: (stage: Stage, settings: { kills: number }) => Promise<Found>
}

const SETTLE_MS = 1500

const killed: Scenario = {
  name: 'killed',
  title: 'PostgreSQL killed (SIGKILL) and started again',
  async run({ postgres, recovery }, { kills }) {
    const recoveries: Recovery[] = []
    for (let kill = 0; kill < kills; kill++) {
      postgres.kill()
      recoveries.push(await recovery(await postgres.start()))
      await pause(SETTLE_MS)
    }
    return { recoveries, note: `${kills} times` }
  },
}

const restarted: Scenario = {
  name: 'restarted',
  title: 'PostgreSQL restarted',
  async run({ postgres, recovery }) {
    await postgres.stop()
    return { recoveries: [await recovery(await postgres.start())] }
  },
}

const AWAY_MS = 14_000

const away: Scenario = {
  name: 'away',
  title: `PostgreSQL away for ${AWAY_MS / 1000} s`,
  async run({ postgres, traffic, recovery }) {
    const since = now()
    postgres.kill()
    const redMs = await untilRed(traffic.screens, since, AWAY_MS)
    await pause(Math.max(0, since.at + AWAY_MS - performance.now()))
    return { redMs, recoveries: [await recovery(await postgres.start())] }
  },
}

const SLOW_MS = 20_000

const slow: Scenario = {
  name: 'slow',
  title: `each answer of PostgreSQL 200 ms later, for ${SLOW_MS / 1000} s`,
  async run({ link, recovery }) {
    link.delayMs = 200
    await pause(SLOW_MS)
    link.delayMs = 0
    return { recoveries: [await recovery(now())] }
  },
}

const FROZEN_MS = 10_000

const frozen: Scenario = {
  name: 'frozen',
  title: `PostgreSQL frozen for ${FROZEN_MS / 1000} s`,
  async run({ link, recovery }) {
    link.hold()
    await pause(FROZEN_MS)
    link.release()
    return { recoveries: [await recovery(now())] }
  },
}

const TERMINATIONS = 40

const terminated: Scenario = {
  name: 'terminated',
  title: 'connections ended one by one',
  async run({ ask, recovery }) {
    for (let turn = 0; turn < TERMINATIONS; turn++) {
      await ask(`
        select pg_terminate_backend(pid) from (
          select pid from pg_stat_activity where datname = current_database()
            and application_name in ('brigade', 'brigade-listener') order by random() limit 1
        ) as one`)
      await pause(250)
    }
    return { recoveries: [await recovery(now())], note: `${TERMINATIONS} of them` }
  },
}

const HELD_MS = 60_000
/** Who reads and who orders both needs one of these: each waits for its lock as long as it may, and the next one takes its place. */
const LOCK = 'begin; lock table sessions, api_keys in access exclusive mode'

const held: Scenario = {
  name: 'held',
  title: `every connection of the pool held for ${HELD_MS / 1000} s`,
  async run({ postgres, metrics, recovery }) {
    const session = await openSession(postgres.url, { applicationName: 'bench chaos' })
    const looks: boolean[] = []
    await session.query(LOCK)
    for (const end = performance.now() + HELD_MS; performance.now() < end; await pause(500)) {
      const { held, all } = await metrics.permits()
      looks.push(held === all)
    }
    await session.query('commit')
    const ready = now()
    await session.close()
    const full = looks.filter(Boolean).length / looks.length
    return {
      recoveries: [await recovery(ready)],
      note: `full at ${(full * 100).toFixed(0)} % of the looks`,
      broken: full < 0.8 ? ['The load was too small to hold the whole pool.'] : [],
    }
  },
}

const ROUNDS = 2

const webKilled: Scenario = {
  name: 'web-killed',
  title: 'each web process killed (SIGKILL) in turn, and replaced',
  replaces: true,
  async run({ workers, allServe }) {
    const kills: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const all = workers()
      for (const pid of all) {
        kills.push(performance.now())
        process.kill(pid, 'SIGKILL')
        await untilReplaced([pid], all.length, workers)
        await allServe()
      }
    }
    return { kills, note: `${kills.length} times` }
  },
}

const rolled: Scenario = {
  name: 'rolled',
  title: 'web processes replaced on request (SIGUSR2)',
  replaces: true,
  flawless: true,
  async run({ server, workers, allServe }) {
    const before = workers()
    process.kill(server.pid, 'SIGUSR2')
    await untilReplaced(before, before.length, workers)
    await allServe()
    return {}
  },
}

const REPLACED_WITHIN_MS = 120_000

async function untilReplaced(
  gone: readonly number[],
  count: number,
  workers: () => readonly number[],
): Promise<void> {
  const deadline = performance.now() + REPLACED_WITHIN_MS
  while (workers().length < count || workers().some((pid) => gone.includes(pid))) {
    if (performance.now() > deadline) throw new Error('The web processes were not replaced.')
    await pause(20)
  }
}

export const SCENARIOS: readonly Scenario[] = [
  killed,
  restarted,
  away,
  slow,
  frozen,
  terminated,
  held,
  webKilled,
  rolled,
]
