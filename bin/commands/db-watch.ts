/**
 * Watches locks, long statements, index builds and backfills while migrations run.
 *
 * --every SECONDS (2), --limit SECONDS (5) and --report-limit SECONDS (300) of statements, --once,
 * --kill-blockers-after SECONDS.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type Database, isConnectionLost, openDatabase } from '../../db/client'
import { blockerKiller, takeSnapshot } from '../../db/migrate/watch'
import { ACTIVITY_LIMITS } from '../../db/queries/activity'
import { systemScope } from '../../domain/scope'
import { stopSignal } from '../lib/run.mjs'
import { details, headline } from '../lib/watch-lines'
import { watchScreen } from '../lib/watch-screen'
import { withReachable } from '../lib/with-database'

const USAGE =
  'Usage: npm run db:watch -- [--every SECONDS] [--limit SECONDS] [--report-limit SECONDS] [--once] [--kill-blockers-after SECONDS]'

type Wish = { everyMs: number; limit: number; reportLimit: number; once: boolean; killAfter: number | null }

const wish = readWish()
if (wish) await withReachable((url) => watch(url, wish))
else {
  console.error(USAGE)
  process.exitCode = 1
}

function readWish(): Wish | null {
  const text = { type: 'string' } as const
  const options = {
    every: text,
    limit: text,
    'report-limit': text,
    once: { type: 'boolean' },
    'kill-blockers-after': text,
  } as const
  try {
    const { values } = parseArgs({ options })
    const seconds = (given: string | undefined, standard: number) =>
      given === undefined ? standard : positive(given)
    const kill = values['kill-blockers-after']
    return {
      everyMs: seconds(values.every, 2) * 1000,
      limit: seconds(values.limit, ACTIVITY_LIMITS.query),
      reportLimit: seconds(values['report-limit'], ACTIVITY_LIMITS.report),
      once: values.once ?? false,
      killAfter: kill === undefined ? null : positive(kill),
    }
  } catch {
    return null
  }
}

function positive(text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw new RangeError(text)
  return value
}

async function watch(url: string, options: Wish): Promise<void> {
  const stop = stopSignal()
  const db = openDatabase(url, { max: 1, applicationName: 'brigade-watch' })
  const screen = watchScreen()
  const look = lookAt(db, options)
  try {
    for (;;) {
      screen.show(await look())
      if (options.once || stop.aborted) return
      await delay(options.everyMs, undefined, { signal: stop }).catch(() => {})
      if (stop.aborted) return
    }
  } finally {
    screen.close()
    await db.close()
  }
}

/** One look after another, ending blockers where that was asked for. A server that is away for a while is waited for. */
function lookAt(db: Database, { limit, reportLimit, killAfter }: Wish) {
  const scope = systemScope()
  const limits = { ...ACTIVITY_LIMITS, query: limit, report: reportLimit }
  const kill = killAfter === null ? null : blockerKiller(killAfter)
  return async () => {
    try {
      const snapshot = await takeSnapshot(db, scope, limits)
      const ended = (await kill?.(db, scope, snapshot)) ?? []
      const done = ended.map(({ pid, how }) =>
        how === 'refused'
          ? `Server process ${pid} can't be ended: this role needs pg_signal_backend.`
          : `Server process ${pid} was ${how}: others waited for it.`,
      )
      return { at: snapshot.at, headline: headline(snapshot), details: details(snapshot), done }
    } catch (error) {
      if (!isConnectionLost(error)) throw error
      return {
        at: new Date(),
        headline: 'No contact with the database: trying again.',
        details: [],
        done: [],
      }
    }
  }
}
