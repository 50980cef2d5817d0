import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from './paths.mjs'
import { ended, endGently, refuseWhenStopped } from './run.mjs'
import { Sentence } from './sentence.mjs'

/**
 * Starts Brigade's HTTP server and waits until it answers.
 * @param {{ env: Record<string, string>, dev: boolean, stop: AbortSignal }} options
 * @returns {Promise<{ finished: Promise<number> }>} `finished`: its exit code, once it has ended (which `stop` makes it do)
 * @throws {Sentence} when it ends before it was ready
 */
export async function serve({ env, dev, stop }) {
  const child = spawn(process.execPath, [join(root, 'bin', 'serve.mjs'), ...(dev ? ['--dev'] : [])], {
    cwd: root,
    // Whoever starts it this way reads along, even through a pipe.
    env: { LOG_FORMAT: 'words', ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const finished = ended(child)
  stop.addEventListener('abort', () => endGently(child), { once: true })
  const ready = new Promise((resolve) => {
    child.on('message', (message) => message?.type === 'ready' && resolve('ready'))
  })
  const first = await Promise.race([ready, finished])
  if (first === 'ready') return { finished }
  refuseWhenStopped(stop)
  throw new Sentence('The server did not start: its message above says why.')
}
