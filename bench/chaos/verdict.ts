import { groupBy, type Sample } from '../migrate/traffic/recorder'
import type { Health } from './health'
import type { Found, Scenario } from './scenarios'

/** The promises. Milliseconds. */
const REQUEST_MS = 8000
const HEALTH_MS = 50
const FIRST_SUCCESS_MS = 1000
const RED_MS = 10_000
/** How often the walls are looked at, and that a timer of ours may be late. */
const RED_GRACE_MS = 250
const RIGHT_MS = 2000
/** A connection that was handed to a process which was just killed was in its hands. */
const IN_FLIGHT_GRACE_MS = 100

export type Played = {
  scenario: Scenario
  found: Found
  health: Health
  /** By how much a web process' event loop was late at most, in milliseconds. */
  lateMs: number
  /** Web processes as it began and as it ended. */
  workers: { before: readonly number[]; after: readonly number[] }
}

/** What was promised of one scenario and is not so, in sentences. */
export function brokenIn(
  { scenario, found, health, lateMs, workers }: Played,
  requests: readonly Sample[],
): string[] {
  const { recoveries = [], kills = [], redMs } = found
  const slowest = requests.reduce<Sample | null>(
    (most, one) => (most && most.ms >= one.ms ? most : one),
    null,
  )
  const firsts = recoveries.map(({ firstSuccessMs }) => firstSuccessMs ?? Number.POSITIVE_INFINITY)
  const rights = recoveries.map(({ rightMs }) => rightMs ?? Number.POSITIVE_INFINITY)
  const failed = requests.filter(({ failure }) => failure !== null)
  const wasInFlight = ({ at, ms }: Sample) =>
    kills.some((kill) => at <= kill + IN_FLIGHT_GRACE_MS && at + ms >= kill)
  const others = failed.filter((sample) => !wasInFlight(sample))
  const isServed = scenario.flawless || kills.length > 0
  const isSame = workers.before.join() === workers.after.join()
  const checks: [boolean, string][] = [
    [requests.length === 0, 'nobody asked for anything'],
    [
      slowest !== null && slowest.ms > REQUEST_MS,
      `a request took ${seconds(slowest?.ms ?? 0)} (${slowest?.kind}, ${slowest?.failure?.slice(0, 60) ?? 'answered'})`,
    ],
    [
      health.max > HEALTH_MS,
      `/healthz took ${health.max.toFixed(0)} ms, with an event loop late by ${lateMs.toFixed(0)} ms at most, and a bare server's answer by ${health.bareMax.toFixed(0)} ms`,
    ],
    [health.unanswered > kills.length, `/healthz was not answered ${health.unanswered} times`],
    [
      Math.max(0, ...firsts) > FIRST_SUCCESS_MS,
      `the first success came after ${seconds(Math.max(...firsts))}`,
    ],
    [Math.max(0, ...rights) > RIGHT_MS, `walls were right after ${seconds(Math.max(...rights))}`],
    [redMs === null, 'walls did not turn red'],
    [(redMs ?? 0) > RED_MS + RED_GRACE_MS, `walls were red after ${seconds(redMs ?? 0)}`],
    [isServed && others.length > 0, `${others.length} requests failed: ${reasonsOf(others)}`],
    [!scenario.replaces && !isSame, 'a web process ended'],
  ]
  const sentences = checks.flatMap(([isBroken, what]) => (isBroken ? [`${scenario.name}: ${what}.`] : []))
  return [...sentences, ...(found.broken ?? []).map((what) => `${scenario.name}: ${what}`)]
}

/** The three commonest reasons, with how often. */
function reasonsOf(failed: readonly Sample[]): string {
  const reasons = groupBy(failed, ({ kind, failure }) => `${kind} ${failure?.slice(0, 60)}`)
  const commonest = [...reasons].sort(([, a], [, b]) => b.length - a.length).slice(0, 3)
  return commonest.map(([reason, { length }]) => `${length} × ${reason}`).join('; ')
}

const seconds = (ms: number) => (Number.isFinite(ms) ? `${(ms / 1000).toFixed(2)} s` : 'never')
