import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from './paths.mjs'
import { ended, endGently, refuseWhenStopped } from './run.mjs'
import { Sentence } from './sentence.mjs'

/**
 * Starts Brigade's HTTP server and waits until it answers.
 * @param {{ env: Record<string, string>, stop: AbortSignal }} options
 * @returns {Promise<{ finished: Promise<number> }>} `finished`: its exit code, once it has ended (which `stop` makes it do)
 * @throws {Sentence} when it ends before it was ready
 */
export async function serve({ env, stop }) {
  const child = spawn(process.execPath, [join(root, 'bin', 'serve.mjs')], {
    cwd: root,
    env: { ...process.env, ...env, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const finished = ended(child)
  stop.addEventListener('abort', () => endGently(child), { once: true })
  const ready = new Promise((resolve) => {
    child.on('message', (message) => message?.type === 'ready' && resolve('ready'))
  })
  const first = await Promise.race([ready, finished])
  refuseWhenStopped(first === 'ready' ? undefined : stop)
  if (first !== 'ready') throw new Sentence('The server did not start: its message above says why.')
  return { finished }
}

/**
 * Starts Next's development server.
 * @param {{ env: Record<string, string>, stop: AbortSignal, host: string, port: number }} options
 * @returns {{ finished: Promise<number> }}
 */
export function serveForDevelopment({ env, stop, host, port }) {
  const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next')
  const child = spawn(process.execPath, [next, 'dev', '-H', host, '-p', String(port)], {
    cwd: root,
    env: { ...process.env, ...env, NODE_ENV: 'development' },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const finished = ended(child)
  stop.addEventListener('abort', () => endGently(child), { once: true })
  return { finished }
}
