import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { Stopped } from './sentence.mjs'

const KILL_AFTER_MS = 15_000
const OUTPUT_WAIT_MS = 1_000

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & {
 *   stop?: AbortSignal | undefined, input?: string | undefined, handTo?: (pid: number) => void }} [options] without
 *   `stdio` the output is collected; `stop` ends the program gently (SIGTERM), after 15 s hard; `handTo` makes the program
 *   the holder of our lock while it runs
 * @returns {Promise<{ code: number, output: string }>} the exit code (128 + n after signal n, as in a shell; 127 when
 *   there is no such program) and stdout with stderr
 * @throws {Stopped} when `stop` was or becomes aborted
 */
export async function run(command, args, { stop, input, handTo, ...options } = {}) {
  refuseWhenStopped(stop)
  const child = spawn(command, args, {
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    ...options,
  })
  if (child.pid) handTo?.(child.pid)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  child.stdin?.on('error', () => {}).end(input)
  const finished = ended(child)
  const unbind = endOnStop(child, stop)
  const code = await finished
  unbind()
  handTo?.(process.pid)
  refuseWhenStopped(stop)
  return { code, output }
}

/**
 * Waits for a child process to end.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>} exit code as a shell gives it
 */
export function ended(child) {
  return new Promise((resolve) => {
    child.once('error', () => resolve(127))
    child.once('exit', (code, signal) => {
      const result = code ?? 128 + (constants.signals[signal] ?? 0)
      child.once('close', () => resolve(result))
      // A server started by the program may hold its output open for ever: then 'close' never comes.
      setTimeout(() => resolve(result), OUTPUT_WAIT_MS).unref()
    })
  })
}

/**
 * Asks a child to end (SIGTERM), kills it when it has not after 15 s.
 * @param {import('node:child_process').ChildProcess} child
 */
export function endGently(child) {
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS)
  child.once('exit', () => clearTimeout(timer))
}

/**
 * A signal that aborts at the first Ctrl-C, SIGTERM or hang-up. Later ones are ignored: npm passes on the Ctrl-C that
 * the terminal has already sent, and every step of stopping has a time limit of its own.
 * @returns {AbortSignal}
 */
export function stopSignal() {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => controller.abort())
  return controller.signal
}

/**
 * @param {AbortSignal | undefined} stop
 * @throws {Stopped}
 */
export function refuseWhenStopped(stop) {
  if (stop?.aborted) throw new Stopped('Stopped.')
}

function endOnStop(child, stop) {
  const end = () => endGently(child)
  stop?.addEventListener('abort', end, { once: true })
  return () => stop?.removeEventListener('abort', end)
}
