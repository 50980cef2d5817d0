import { AsyncLocalStorage } from 'node:async_hooks'
import { answerBusy, putFailureInWords } from './failure.mjs'
import { ownWrites } from './own-writes.mjs'
import { routeClass, routePriority } from './route-class.mjs'

/** What clients may not say about themselves: only APP_URL tells how Brigade is reached. */
const FORWARDED = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
]

/**
 * Answers one request: /healthz at once, everything else by `handle` inside an `AsyncLocalStorage` that the database
 * gate counts into, and 503 with Retry-After when the gate has no room.
 * @typedef {{ id: string, startedAt: number, overloaded: boolean, priority: string, queries: number, cut: () => void,
 *   reference?: string, wrote?: { id: number } }} RequestStore `reference` finds an error in the log; `cut` destroys the
 *   connection; `wrote` names what this request's mutations made stale
 * @param {{
 *   handle: (request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => Promise<void>,
 *   origin?: URL | null,
 *   dev?: boolean,
 *   observe?: (routeClass: string, response: import('node:http').ServerResponse, startedAt: number) => void,
 * }} options `origin`: the public address; in `dev` failures keep Next's own page; `observe` is told of each request as it begins
 * @returns {import('node:http').RequestListener}
 */
export function createRequestListener({ handle, origin = null, dev = false, observe }) {
  const storage = requestStorage()
  const writes = ownWrites(origin)
  let count = 0
  return (request, response) => {
    const kind = routeClass(request.url ?? '/')
    const startedAt = performance.now()
    observe?.(kind, response, startedAt)
    if (kind === 'health') return answerHealth(request, response)

    const gate = globalThis[Symbol.for('brigade.gate')]
    const priority = routePriority(request.url ?? '/')
    if (needsDatabase(kind) && gate?.saturated(priority))
      return answerBusy(request, response, gate.retryAfterSeconds)

    /** @type {RequestStore} */
    const store = {
      id: `${process.pid}-${++count}`,
      startedAt,
      overloaded: false,
      priority,
      queries: 0,
      cut: () => response.destroy(),
    }
    if (!dev) putFailureInWords(request, response, store)
    leadToOnePlace(response)
    tellOwnAddress(request, origin)
    writes.tellOf(response, store)
    storage.run(store, () => {
      const heard = writes.hear(request)
      const handled = heard ? heard.then(() => handle(request, response)) : handle(request, response)
      handled.catch((error) => failRequest(error, store, response))
    })
  }
}

/** While it keeps a page that redirects, Next names the place twice, and not every client follows two of them. */
function leadToOnePlace(response) {
  const { appendHeader } = response
  response.appendHeader = function (name, value) {
    if (name.toLowerCase() === 'location' && this.hasHeader(name)) return this
    return appendHeader.call(this, name, value)
  }
}

/** @returns {AsyncLocalStorage<RequestStore>} the one that db/request-context.ts knows, whoever makes it first */
function requestStorage() {
  const key = Symbol.for('brigade.request')
  globalThis[key] ??= new AsyncLocalStorage()
  return globalThis[key]
}

/** Static files and the kept guest menus can be served however busy the database is. */
const needsDatabase = (kind) => kind === 'page' || kind === 'api'

function answerHealth(request, response) {
  const body = 'ok\n'
  response.writeHead(200, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

function tellOwnAddress(request, origin) {
  for (const name of FORWARDED) delete request.headers[name]
  if (!origin) return
  request.headers['x-forwarded-host'] = origin.host
  request.headers['x-forwarded-proto'] = origin.protocol.slice(0, -1)
}

function failRequest(error, store, response) {
  console.error(`Request ${store.id} failed:`, error)
  if (response.headersSent) return response.destroy()
  response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
  response.end('Something went wrong. Please try again.\n')
}
