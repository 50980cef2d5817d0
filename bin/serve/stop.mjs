import { setTimeout as pause } from 'node:timers/promises'

const FINISH_WITHIN_MS = 10_000
/** How long a connection on which nothing is asked is left open, so that who is about to ask on it still can. */
const LINGER_MS = 1000
const CLOSE_IDLE_EVERY_MS = 100

/**
 * Accepts no connection more, ends the live streams, whose screens come back by themselves, and waits until what is under
 * way has been answered. Who asks on a connection that they have is served once more, and told that it ends with the answer:
 * a connection that is closed the moment somebody sends on it is a request without an answer. After 10 s what is left is cut off.
 * @param {import('node:http').Server} server
 * @param {import('./listen.mjs').Door} door by which connections come
 */
export async function stopGracefully(server, door) {
  const deadline = setTimeout(() => server.closeAllConnections(), FINISH_WITHIN_MS)
  server.prependListener('request', (_request, response) => {
    response.shouldKeepAlive = false
  })
  const closed = door.close()
  globalThis[Symbol.for('brigade.streams')]?.close()
  await Promise.race([closed, pause(LINGER_MS)])
  // After what has arrived is read: on a connection that seems idle somebody may have asked while this process was busy.
  const closeIdle = () => setImmediate(() => server.closeIdleConnections())
  const sweep = setInterval(closeIdle, CLOSE_IDLE_EVERY_MS)
  await closed
  clearInterval(sweep)
  clearTimeout(deadline)
}

/** Calls what the app left in `globalThis[Symbol.for('brigade.shutdown')]`: closing the database, for one. */
export async function runShutdownHooks() {
  /** @type {(() => Promise<void>)[]} */
  const hooks = globalThis[Symbol.for('brigade.shutdown')] ?? []
  const results = await Promise.allSettled(hooks.map((hook) => hook()))
  for (const result of results)
    if (result.status === 'rejected') console.error('While stopping:', result.reason)
}
