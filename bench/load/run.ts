import { setTimeout as pause } from 'node:timers/promises'
import { openDatabase } from '@/db/client'
import { serve, signInAsAdmin } from '../lib/server'
import { closePlaces, openPlaces } from '../migrate/traffic/places'
import { watchConnections } from './connections'
import { openCrowd } from './crowd'
import { type Figures, KINDS, type Kind, Tally } from './tally'

const RESTAURANTS = 20
/** By then each route has been asked for, and its code compiled: nobody starts a server at noon. */
const WARM_UP = { users: 40, pauseMs: 0, ms: 8000 }
/** For what one step left behind to be done before the next. */
const BETWEEN_STEPS_MS = 3000

export type LoadPlan = {
  users: readonly number[]
  seconds: number
  /** Web processes, each with so many connections. */
  processes: number
  poolMax: number
  pauseMs: number
  mise: readonly ('on' | 'off')[]
}

export type LoadStep = {
  mise: 'on' | 'off'
  users: number
  seconds: number
  figures: ReadonlyMap<Kind, Figures>
  /** The most connections that the web processes had to PostgreSQL, and how many they may have. */
  connections: number
  budget: number
  /** Of requests that ended otherwise than they should. */
  examples: readonly string[]
}

/** Each step of the plan, one after the other, on a database that may be written to. */
export async function runLoad(databaseUrl: string, plan: LoadPlan): Promise<LoadStep[]> {
  const db = openDatabase(databaseUrl, { max: 1, applicationName: 'bench load' })
  const { places, name } = await openPlaces(db, RESTAURANTS)
  const steps: LoadStep[] = []
  try {
    for (const mise of plan.mise) {
      const server = await serve(databaseUrl, plan.processes, plan.poolMax, { env: { MISE: mise } })
      try {
        const cookie = await signInAsAdmin(server.origin)
        const crowdOf = (crowd: { users: number; pauseMs: number; tally: Tally }) =>
          openCrowd({ ...crowd, origin: server.origin, cookie, places })
        const early = crowdOf({ ...WARM_UP, tally: new Tally() })
        await pause(WARM_UP.ms)
        await early.stop()
        for (const users of plan.users) {
          const watch = await watchConnections(databaseUrl)
          const tally = new Tally()
          const startedAt = performance.now()
          const crowd = crowdOf({ ...plan, users, tally })
          await pause(plan.seconds * 1000)
          await crowd.stop()
          steps.push({
            mise,
            users,
            seconds: (performance.now() - startedAt) / 1000,
            figures: new Map(KINDS.map((kind) => [kind, tally.of(kind)])),
            connections: await watch.stop(),
            budget: plan.processes * (plan.poolMax + 1),
            examples: tally.examples,
          })
          await pause(BETWEEN_STEPS_MS)
        }
      } finally {
        await server.stop()
      }
    }
  } finally {
    await closePlaces(db, name)
    await db.close()
  }
  return steps
}
