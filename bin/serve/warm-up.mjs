import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

/** Needs nobody signed in, and runs what all pages are made with. */
const PAGE = '/sign-in'
const PAGES = 5
const TICK_MS = 10
const CALM_TICKS = 10
const LONGEST_MS = 5000

/**
 * Makes a few pages for nobody, and waits until Next has loaded the code of all others, which it goes on with after it
 * says that it is prepared. Whoever is sent to a process before that waits for all of it, and so does /healthz, while the
 * processes beside it have nothing to load. Takes no longer than `LONGEST_MS`; what fails here fails again where it is told.
 * @param {import('node:http').RequestListener} listener
 */
export async function warmUp(listener) {
  const signal = AbortSignal.timeout(LONGEST_MS)
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const page = `http://127.0.0.1:${server.address().port}${PAGE}`
  try {
    for (let made = 0; made < PAGES; made++) await (await fetch(page, { signal })).arrayBuffer()
    await calm(signal)
  } catch {
    // Out of time, or no page without its database: it serves as it is.
  }
  server.closeAllConnections()
  server.close()
}

/** Resolves once nothing has held up the event loop for some time. */
async function calm(signal) {
  for (let ticks = 0; ticks < CALM_TICKS; ) {
    const startedAt = performance.now()
    await pause(TICK_MS, undefined, { signal })
    ticks = performance.now() - startedAt < 2 * TICK_MS ? ticks + 1 : 0
  }
}
