import cluster from 'node:cluster'
import { createServer } from 'node:http'
import next from 'next'
import { root } from '../lib/paths.mjs'
import { Sentence } from '../lib/sentence.mjs'
import { takeDealt } from './dealt.mjs'
import { collectAlone } from './garbage.mjs'
import { listen } from './listen.mjs'
import { createRequestListener } from './listener.mjs'
import { observeRequests, serveMetrics } from './metrics.mjs'
import { oneATurn } from './one-a-turn.mjs'
import { requestLines } from './request-line.mjs'
import { routeClass } from './route-class.mjs'
import { readRoutes } from './routes.mjs'
import { statementNames } from './statement-names.mjs'
import { runShutdownHooks, stopGracefully } from './stop.mjs'
import { warmUp } from './warm-up.mjs'

/** Longer than the idle time of the usual proxies, so that they close first and no request meets a closed socket. */
const KEEP_ALIVE_MS = 75_000
/** A whole request, body included: the largest allowed is 1 MB. */
const REQUEST_MS = 30_000

/**
 * Serves in this process until a signal, a lost parent or a bug ends it.
 * @param {import('./settings.mjs').Settings} settings
 * @param {import('pino').Logger} log
 * @param {() => void} ready called once requests are answered; a worker tells its supervisor
 * @returns {Promise<number>} the exit code
 */
export async function serveHere(settings, log, ready = () => process.send?.({ type: 'ready' })) {
  collectAlone()
  globalThis[Symbol.for('brigade.statementName')] = statementNames()
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: REQUEST_MS })
  const app = next({
    dev: settings.dev,
    dir: root,
    hostname: settings.host,
    port: settings.port,
    httpServer: server,
  })
  await prepare(app)
  let isServing = false
  const observers = [
    ...(settings.metricsPort === null ? [] : [observeRequests(() => isServing)]),
    ...(settings.log.requests ? [requestLines(log)] : []),
  ]
  const handle = app.getRequestHandler()
  server.on(
    'request',
    createRequestListener({
      handle,
      origin: settings.origin,
      dev: settings.dev,
      routeOf: settings.dev ? routeClass : readRoutes(),
      observers,
      begin: oneATurn(server),
    }),
  )
  if (!settings.dev) await warmUp(createRequestListener({ handle, origin: settings.origin }))

  const ended = endOfService()
  const door = cluster.isWorker ? takeDealt(server) : await listen(server, settings)
  const metrics =
    settings.metricsPort !== null && !cluster.isWorker ? await serveMetrics(settings.metricsPort) : null
  isServing = true
  ready()

  const exitCode = await ended
  isServing = false
  metrics?.close()
  await stopGracefully(server, door)
  await runShutdownHooks()
  if (!settings.dev) await app.close()
  return exitCode
}

/** Next is prepared before the app's own start (instrumentation.ts) is done, and does not care whether that failed. */
async function prepare(app) {
  const started = new Promise((resolve, reject) => {
    globalThis[Symbol.for('brigade.started')] = (problem) =>
      problem ? reject(new Sentence(problem.message)) : resolve(undefined)
  })
  await Promise.all([app.prepare(), started])
}

/** Resolves to the exit code once there is a reason to end: 0 when asked to, 1 after a bug that nobody caught. */
function endOfService() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve(0))
    // Whoever started this process is gone; a server without a parent would keep the port.
    process.on('disconnect', () => resolve(0))
    // Without a word about it, it would end the process.
    process.on('SIGUSR2', () => {
      if (!cluster.isWorker)
        console.warn('One web process can not be replaced while it serves: set WEB_CONCURRENCY to 2 or more.')
    })
    process.on('unhandledRejection', (error) => console.error('Unhandled rejection:', error))
    process.on('uncaughtException', (error) => {
      console.error('Uncaught exception, stopping:', error)
      resolve(1)
    })
  })
}
