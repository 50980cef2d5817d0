import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach } from 'vitest'
import { freePort } from '../lib/free-port.mjs'

const children: ChildProcess[] = []
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
})

/** Starts supervised-server.mjs, and ends it after the test. */
export async function startSupervised(env: Record<string, string> = {}) {
  const port = await freePort()
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('./supervised-server.mjs', import.meta.url))],
    {
      env: { ...process.env, PORT: String(port), ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
  children.push(child)
  const output: string[] = []
  child.stderr?.setEncoding('utf8').on('data', (text: string) => output.push(text))
  return { child, port, url: `http://127.0.0.1:${port}`, stderr: () => output.join('') }
}

/** The worker that answers, on a connection of its own: a kept one would always lead to the same. */
export const pidAt = async (url: string) =>
  Number(await (await fetch(url, { headers: { connection: 'close' } })).text())

/** The workers that answer, of whom there are `count`. */
export async function pidsAt(url: string, count = 2): Promise<number[]> {
  const pids = new Set<number>()
  while (pids.size < count) pids.add(await pidAt(url))
  return [...pids]
}
