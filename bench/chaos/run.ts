import { setTimeout as pause } from 'node:timers/promises'
import { openSession } from '@/db/client'
import { circumstances } from '../lib/report'
import { watchHealth } from './health'
import { chaosReport } from './report'
import type { Scenario } from './scenarios'
import { type Load, openStage, requestsByLabel, type Stage } from './stage'
import { brokenIn, type Played } from './verdict'

/** For what one scenario left behind to be over before the next. */
const BETWEEN_MS = 3000
/** What Node and bin/serve say of an error that nobody caught. */
const UNCAUGHT = /uncaught|unhandled/i

/** Plays the scenarios one after the other on a stage of its own. @returns the report, and each promise that was broken */
export async function playChaos(
  scenarios: readonly Scenario[],
  settings: Load & { kills: number },
): Promise<{ text: string; broken: string[] }> {
  const stage = await openStage(settings)
  try {
    // The first of everything is slow: the server compiles as it goes.
    await pause(BETWEEN_MS * 2)
    const played = await playAll(stage, scenarios, settings)
    const traffic = await stage.traffic.stop()
    const requests = requestsByLabel(traffic.samples)
    const session = await openSession(stage.postgres.url)
    const text = chaosReport(await circumstances(session), settings, played, traffic)
    await session.close()
    const { orders, walls } = traffic
    const broken = [
      ...played.flatMap((one) => brokenIn(one, requests.get(one.scenario.name) ?? [])),
      ...(orders.lost + orders.doubled > 0 ? [`${orders.lost} orders lost, ${orders.doubled} doubled.`] : []),
      ...(walls.missed + walls.twice > 0 ? [`${walls.missed} events missed, ${walls.twice} twice.`] : []),
      ...stage
        .troubles()
        .split('\n')
        .filter((line) => UNCAUGHT.test(line)),
    ]
    return { text, broken }
  } finally {
    await stage.traffic.stop()
    await stage.close()
  }
}

async function playAll(
  stage: Stage,
  scenarios: readonly Scenario[],
  settings: { kills: number },
): Promise<Played[]> {
  const health = await watchHealth(stage.server.origin)
  const played: Played[] = []
  try {
    for (const scenario of scenarios) {
      console.log(scenario.title)
      const before = stage.workers()
      health.take()
      await stage.metrics.takeLateness()
      stage.traffic.mark(scenario.name)
      const found = await scenario.run(stage, settings)
      stage.traffic.mark('between')
      played.push({
        scenario,
        found,
        health: health.take(),
        lateMs: await stage.metrics.takeLateness(),
        workers: { before, after: stage.workers() },
      })
      await pause(BETWEEN_MS)
    }
  } finally {
    await health.stop()
  }
  return played
}
