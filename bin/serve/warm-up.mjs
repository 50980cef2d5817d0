import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { evaluatePageModules } from './page-modules.mjs'
import { builtRoutes } from './routes.mjs'

/** Needs nobody signed in, and runs what all pages are made with. */
const PAGE = '/sign-in'
const PAGES = 5
const TICK_MS = 10
const CALM_TICKS = 10
const LONGEST_MS = 10_000
/** What asks a database that is away is given up, so that the others get their turn. */
const LONGEST_ANSWER_MS = 1000

/**
 * Makes a few pages for nobody, and asks for each of the others once. Next evaluates the modules of a page when that is
 * first asked for, which holds up everybody for up to a tenth of a second, /healthz too, while the processes beside it
 * have nothing to load. Nobody is signed in here, so pages lead to where one can, and nothing is read or written.
 * Takes no longer than `LONGEST_MS`; what fails here fails again where it is told.
 * @param {import('node:http').RequestListener} listener
 * @param {readonly { method: string, path: string }[]} [routes] each is asked for once
 */
export async function warmUp(listener, routes = builtRoutes()) {
  const signal = AbortSignal.timeout(LONGEST_MS)
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${server.address().port}`
  try {
    for (let made = 0; made < PAGES; made++) await ask(origin + PAGE, 'GET', signal)
    for (const { method, path } of routes) {
      const answer = ask(
        origin + path,
        method,
        AbortSignal.any([signal, AbortSignal.timeout(LONGEST_ANSWER_MS)]),
      )
      await answer.catch(() => signal.throwIfAborted())
    }
    await evaluatePageModules()
    await calm(signal)
  } catch {
    // Out of time, or no page without its database: it serves as it is.
  }
  server.closeAllConnections()
  server.close()
}

async function ask(url, method, signal) {
  const answer = await fetch(url, { method, redirect: 'manual', signal })
  await answer.arrayBuffer()
}

/** Resolves once nothing has held up the event loop for some time: Next goes on loading after it says that it is prepared. */
async function calm(signal) {
  for (let ticks = 0; ticks < CALM_TICKS; ) {
    const startedAt = performance.now()
    await pause(TICK_MS, undefined, { signal })
    ticks = performance.now() - startedAt < 2 * TICK_MS ? ticks + 1 : 0
  }
}
