import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { spreadOf } from '../lib/meter'
import { endWithUs, OWN_SESSION } from '../lib/session'

export type Health = {
  asked: number
  /** Asked in vain: the process that should have answered was killed. */
  unanswered: number
  /** Milliseconds. */
  p99: number
  max: number
  /** The longest that a server which does nothing else took for an answer: a busy machine makes that late, too. */
  bareMax: number
}

type Asked = { health: number | null; bare: number | null }

/** Both by their address: to look a name up takes time of this process, and none of the servers. */
const atAddress = (port: number | string) => `http://127.0.0.1:${port}`

/** Asks /healthz twenty times a second, and a bare server beside it, until stopped. */
export async function watchHealth(origin: string) {
  const bare = start(new URL('./bare-server.mjs', import.meta.url))
  const [port] = (await once(bare, 'message')) as [number]
  const probe = start(
    new URL('./health-probe.mjs', import.meta.url),
    atAddress(new URL(origin).port),
    atAddress(port),
  )
  let asked: Asked[] = []
  probe.on('message', (times: Asked) => asked.push(times))
  return {
    /** What was seen since this was last asked. */
    take(): Health {
      const times = asked.flatMap(({ health }) => health ?? [])
      const { p99, max } = spreadOf(times)
      const bareMax = Math.max(0, ...asked.map((one) => one.bare ?? 0))
      const health = { asked: asked.length, unanswered: asked.length - times.length, p99, max, bareMax }
      asked = []
      return health
    },
    async stop(): Promise<void> {
      for (const child of [probe, bare]) {
        child.kill()
        await once(child, 'exit')
      }
    },
  }
}

function start(script: URL, ...args: string[]): ChildProcess {
  const child = fork(fileURLToPath(script), args, OWN_SESSION)
  endWithUs(child)
  return child
}
