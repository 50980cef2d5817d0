import { execFileSync } from 'node:child_process'
import {
  chownSync,
  existsSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { SETTINGS_FILE, serverProcess, serverTrouble } from './cluster.mjs'
import { freePort, portIfFree } from './free-port.mjs'
import { exists } from './identity.mjs'
import { run } from './run.mjs'
import { Sentence } from './sentence.mjs'
import { serverSettings } from './server-settings.mjs'

const LOG_LIMIT_BYTES = 10 * 1024 * 1024
const START_TIMEOUT_S = 300
const STOP_TIMEOUT_S = 60
const START_ATTEMPTS = 4
// Linux numbers processes up to 4,194,304.
const NO_SUCH_PID = 999_999_999

/**
 * The server running on a cluster, whoever started it, as its own postmaster.pid says.
 * @param {string} cluster
 * @returns {{ pid: number, port: number, status: string } | undefined} undefined: none; status is 'starting', 'ready',
 *   'stopping' or 'standby'
 */
export function runningServer(cluster) {
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  if (!pid || !isPostmasterOf(pid, cluster)) return undefined
  return { pid, port: Number(lines[3] ?? 0), status: lines[7]?.trim() || 'starting' }
}

/**
 * Starts a server on a cluster, or finds the one that runs, and waits until it answers.
 * @param {string} cluster
 * @param {{ binaries: import('./postgres-binaries.mjs').Binaries,
 *   account: import('./os-account.mjs').Account | undefined, disposable: boolean }} options
 * @returns {Promise<{ pid: number, port: number, started: boolean }>} `started`: not running before
 * @throws {Sentence}
 */
export async function startServer(cluster, options) {
  for (let attempt = 1; ; attempt++) {
    const running = await settled(cluster)
    if (running) return { ...running, started: attempt > 1 }
    const output = await tryStart(cluster, options)
    const server = runningServer(cluster)
    if (server) return { ...server, started: true }
    // Passing troubles: somebody took the port between our look and the start; the processes of a server that was
    // killed are still on their way out; a start begun by a process that has died meanwhile came first.
    const passes = /Address already in use|still in use|postmaster\.pid" already exists/i.test(output)
    if (!passes || attempt === START_ATTEMPTS) throw serverTrouble(output, 'PostgreSQL did not start')
    await sleep(500 * attempt)
  }
}

/**
 * Stops the server of a cluster, if one runs: clients are disconnected, everything is written to disk.
 * @param {string} cluster
 * @param {{ binaries: import('./postgres-binaries.mjs').Binaries,
 *   account: import('./os-account.mjs').Account | undefined }} options
 */
export async function stopServer(cluster, { binaries, account }) {
  for (const mode of ['fast', 'immediate']) {
    if (!runningServer(cluster)) return
    const args = ['stop', '-D', cluster, '-m', mode, '-w', '-t', String(STOP_TIMEOUT_S)]
    await run(binaries.pgCtl, args, serverProcess(account))
  }
  const left = runningServer(cluster)
  if (left)
    throw new Sentence(
      `PostgreSQL (process ${left.pid}) does not stop: its log is ${join(cluster, 'server.log')}.`,
    )
}

/** The running server once it is ready; undefined when there is none or it is just stopping. */
async function settled(cluster) {
  for (const deadline = Date.now() + START_TIMEOUT_S * 1000; Date.now() < deadline; await sleep(100)) {
    const server = runningServer(cluster)
    if (!server || server.status === 'ready') return server
  }
  throw new Sentence(`PostgreSQL neither starts nor stops: its log is ${join(cluster, 'server.log')}.`)
}

async function tryStart(cluster, { binaries, account, disposable }) {
  const log = join(cluster, 'server.log')
  const logged = trimLog(log)
  disownPidFile(cluster)
  await writeSettings(cluster, { account, disposable })
  const args = ['start', '-D', cluster, '-l', log, '-w', '-t', String(START_TIMEOUT_S)]
  const { output } = await run(binaries.pgCtl, args, serverProcess(account))
  const fresh = existsSync(log) ? readFileSync(log).subarray(logged).toString('utf8') : ''
  return `${output}\n${fresh}`
}

async function writeSettings(cluster, { account, disposable }) {
  const file = join(cluster, SETTINGS_FILE)
  const kept = existsSync(file) ? Number(/^port = '(\d+)'/m.exec(readFileSync(file, 'utf8'))?.[1] ?? 0) : 0
  const port = (kept && (await portIfFree(kept))) || (await freePort())
  writeFileSync(file, serverSettings({ port, disposable }))
  if (account) chownSync(file, account.uid, account.gid)
}

/** Keeps one old log; hands back the length of the current one. */
function trimLog(log) {
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0
  if (size < LOG_LIMIT_BYTES) return size
  renameSync(log, `${log}.1`)
  return 0
}

/**
 * A postmaster.pid left by a server that was killed may name a process that is another program's by now, and PostgreSQL
 * would then refuse to start. The number is made one that no process has. The file stays, because its other lines let
 * PostgreSQL find processes of the old server that still use the data.
 */
function disownPidFile(cluster) {
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return
  const [pid, ...others] = readFileSync(file, 'utf8').split('\n')
  if (!exists(Number(pid)) || isPostmasterOf(Number(pid), cluster)) return
  writeFileSync(file, [NO_SUCH_PID, ...others].join('\n'))
}

/** Whether a process is the postmaster of a cluster: it has the cluster as its working folder. */
function isPostmasterOf(pid, cluster) {
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster)
    if (process.platform === 'win32') return process.kill(pid, 0)
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).includes(cluster)
  } catch {
    return false
  }
}
