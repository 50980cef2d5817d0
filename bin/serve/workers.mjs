import cluster from 'node:cluster'
import { Sentence } from '../lib/sentence.mjs'
import { createDealer } from './dealer.mjs'
import { listen } from './listen.mjs'
import { serveWorkerMetrics } from './metrics.mjs'
import { giveWay, mayGiveWay } from './priority.mjs'

const FIRST_RESTART_MS = 500
const LONGEST_RESTART_MS = 30_000
/** A worker that ran this long was healthy: the next crash starts counting anew. */
const HEALTHY_AFTER_MS = 60_000

/**
 * Keeps as many worker processes as WEB_CONCURRENCY says: replaces one that crashed, later and later if it goes on
 * crashing, replaces all of them one after the other on SIGUSR2, and passes on the wish to stop.
 * @param {import('./settings.mjs').Settings} settings
 * @param {() => void} ready called once all of them answer
 * @returns {Promise<number>} the exit code
 */
export async function superviseWorkers(settings, ready) {
  const dealer = createDealer()
  const state = { stopping: false, crashes: 0, retiring: new Set(), mayGiveWay: mayGiveWay(), dealer }
  const stopped = wishToStop(state)
  const metrics = settings.metricsPort === null ? null : await serveWorkerMetrics(settings.metricsPort)
  // One alone first: what keeps it from starting would keep them all, and is said once.
  await start(state)
  await listen(dealer.server, settings)
  await Promise.all(Array.from({ length: settings.workers - 1 }, () => start(state)))
  replaceOnRequest(state)
  if (!state.stopping) ready()

  await stopped
  metrics?.close()
  dealer.server.close()
  await Promise.all(Object.values(cluster.workers ?? {}).map(end))
  return 0
}

function wishToStop(state) {
  return new Promise((resolve) => {
    const stop = () => {
      state.stopping = true
      resolve(undefined)
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
    process.on('disconnect', stop)
  })
}

/** Forks a worker; resolves when it serves, rejects when it never did. */
function start(state) {
  const worker = cluster.fork()
  const serve = state.mayGiveWay ? giveWay(worker.process.pid) : () => {}
  const startedAt = performance.now()
  let ready = false
  return new Promise((resolve, reject) => {
    worker.on('message', (message) => {
      if (message?.type !== 'ready') return
      ready = true
      serve()
      state.dealer.add(worker)
      console.info('A web process serves.', { worker: worker.process.pid })
      resolve(undefined)
    })
    worker.once('exit', (code, signal) => {
      if (state.stopping || state.retiring.delete(worker)) {
        console.info('A web process has ended.', { worker: worker.process.pid })
        return resolve(undefined)
      }
      if (!ready) return reject(new Sentence('The server did not start: its message above says why.'))
      replace(state, performance.now() - startedAt, `exit code ${code ?? signal}`)
    })
  })
}

/**
 * With new settings or a new build, and without a moment in which nobody serves: each worker ends what it has once one
 * that is new answers. A request to do so while it is being done is one more time.
 */
function replaceOnRequest(state) {
  let rolling = Promise.resolve()
  process.on('SIGUSR2', () => {
    rolling = rolling.then(() => replaceAll(state))
  })
}

async function replaceAll(state) {
  for (const old of Object.values(cluster.workers ?? {})) {
    if (state.stopping) return
    try {
      await start(state)
    } catch {
      console.error('The new web process did not start: its message above says why. The old ones go on.')
      return
    }
    if (!old || old.isDead()) continue
    state.retiring.add(old)
    await end(old)
  }
  console.info('All web processes have been replaced.')
}

function replace(state, ranMs, reason) {
  state.crashes = ranMs > HEALTHY_AFTER_MS ? 1 : state.crashes + 1
  const wait = Math.min(FIRST_RESTART_MS * 2 ** (state.crashes - 1), LONGEST_RESTART_MS)
  console.error(`A web process ended by itself (${reason}); another one starts in ${wait / 1000} s.`, {
    crashes: state.crashes,
  })
  setTimeout(() => {
    if (state.stopping) return
    start(state).catch(() => replace(state, 0, 'it did not start'))
  }, wait)
}

function end(worker) {
  if (!worker || worker.isDead()) return undefined
  return new Promise((resolve) => {
    worker.once('exit', () => resolve(undefined))
    worker.process.kill('SIGTERM')
  })
}
