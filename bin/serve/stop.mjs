const FINISH_WITHIN_MS = 10_000
const CLOSE_IDLE_EVERY_MS = 100

/**
 * Accepts nothing more, ends the live streams, whose screens come back by themselves, and waits until what is under way
 * has been answered; after 10 s cuts off what is left.
 * @param {import('node:http').Server} server
 */
export async function stopGracefully(server) {
  // A connection becomes idle only once its answer is out, so those are closed again and again.
  const sweep = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS)
  const deadline = setTimeout(() => server.closeAllConnections(), FINISH_WITHIN_MS)
  const closed = new Promise((resolve) => server.close(resolve))
  globalThis[Symbol.for('brigade.streams')]?.close()
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
