import { Worker } from 'node:worker_threads'
import { spreadOf } from '../lib/meter'

export type Health = {
  asked: number
  /** Asked in vain: the process that should have answered was killed. */
  unanswered: number
  /** Milliseconds. */
  p99: number
  max: number
}

/** Asks /healthz twenty times a second, until stopped. */
export function watchHealth(origin: string) {
  const probe = new Worker(new URL('./health-probe.mjs', import.meta.url), {
    workerData: { origin },
  })
  let times: number[] = []
  let unanswered = 0
  probe.on('message', (ms: number | null) => {
    if (ms === null) unanswered++
    else times.push(ms)
  })
  return {
    /** What was seen since this was last asked. */
    take(): Health {
      const { p99, max } = spreadOf(times)
      const health = { asked: times.length + unanswered, unanswered, p99, max }
      times = []
      unanswered = 0
      return health
    },
    stop: () => probe.terminate(),
  }
}
