import { AsyncLocalStorage } from 'node:async_hooks'
import { answerBusy, putFailureInWords } from './failure.mjs'
import { answerGuest } from './guest-pages.mjs'
import { answerHealth } from './health.mjs'
import { ownWrites } from './own-writes.mjs'
import { requestIdOf } from './request-id.mjs'
import { routeClass, routePriority } from './route-class.mjs'
import { security } from './security.mjs'
import { inTurn } from './turns.mjs'

/** What clients may not say about themselves: only APP_URL tells how Brigade is reached. */
const FORWARDED = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
]

/**
 * For all that a request waits for before its answer begins: a turn, connections, statements. The last of these may take
 * the 2 s of a lock’s time limit, and a little longer (db/patience.ts), and an answer is promised within eight seconds.
 */
const WAITS_MS = 5000
/** Whoever sets POOL_WAIT_MS to more than that wants requests to wait for so long. */
const TURNS = Symbol.for('brigade.turns')

/**
 * Answers one request: /healthz at once, everything else by `handle` inside an `AsyncLocalStorage` that the database
 * gate counts into, and 503 with Retry-After when the gate has no room.
 * @typedef {{ id: string, overloaded: boolean, priority: string, queries: number, deadline: number,
 *   isAnswered: () => boolean, gateMs: number, cut: () => void, wrote?: { id: number } }} RequestStore `id` finds the request
 *   in the log; `deadline`: as `performance.now()` counts; `isAnswered`: its head is out; `gateMs`: how long it waited for connections; `cut` destroys its own; `wrote` names what this request's mutations made stale
 * @typedef {{ id: string, method: string, route: string, status: number, ms: number, bytes: number, queries: number,
 *   gateMs: number, isComplete: boolean, isStream: boolean }} Answered `bytes` with the head; not `isComplete`: broken off
 * @param {{
 *   handle: (request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => Promise<void>,
 *   origin?: URL | null,
 *   dev?: boolean,
 *   routeOf?: (url: string) => string,
 *   observers?: readonly ((answered: Answered) => void)[],
 *   begin?: (work: () => void) => void,
 * }} options `origin`: the public address; in `dev` failures keep Next's own page; `routeOf`: by which pattern an address is
 *   served; `observers` are told of each request once it is answered;
 *   `begin` says when work on a request begins that is more than to hand out something kept
 * @returns {import('node:http').RequestListener}
 */
export function createRequestListener({
  handle,
  origin = null,
  dev = false,
  routeOf = routeClass,
  observers = [],
  begin = (work) => work(),
}) {
  const storage = requestStorage()
  const writes = ownWrites(origin)
  const secure = security({ isHttps: origin?.protocol === 'https:', dev })
  return (request, response) => {
    const url = request.url ?? '/'
    const kind = routeClass(url)
    if (kind === 'health') return answerHealth(request, response)

    const gate = globalThis[Symbol.for('brigade.gate')]
    const priority = routePriority(url)
    /** @type {RequestStore} */
    const store = {
      id: requestIdOf(request),
      overloaded: false,
      priority,
      queries: 0,
      deadline: performance.now() + Math.max(WAITS_MS, globalThis[TURNS]?.options.waitMs ?? 0),
      isAnswered: () => response.headersSent,
      gateMs: 0,
      cut: () => response.destroy(),
    }
    response.setHeader('x-request-id', store.id)
    request.headers['x-request-id'] = store.id
    if (observers.length > 0) observe(request, response, store, { route: routeOf(url), observers })
    tellOwnAddress(request, origin)
    if (!secure(request, response)) return
    const busy = () => answerBusy(request, response, gate?.retryAfterSeconds(priority) ?? 1, store.id)
    if (needsDatabase(kind) && gate?.saturated(priority)) return busy()
    if (!dev) putFailureInWords(request, response, store)
    leadToOnePlace(response)
    writes.tellOf(response, store)
    const start = () =>
      storage.run(store, () => {
        if (response.closed) return
        const heard = kind === 'static' ? undefined : writes.hear(request)
        const make = () => handle(request, response)
        const answer = () => {
          if (kind === 'guest') return answerGuest(request, response, make, heard !== undefined)
          if (priority === 'kitchen' || !needsDatabase(kind)) return make()
          return inTurn(response, store, make, busy)
        }
        const handled = heard
          ? heard.then((isHeard) => (isHeard || !needsDatabase(kind) ? answer() : busy()))
          : answer()
        handled.catch((error) => failRequest(error, store, response))
      })
    needsDatabase(kind) ? begin(start) : start()
  }
}

/** Counts from here, and tells once the answer is sent or broken off. */
function observe({ method = '', socket }, response, store, { route, observers }) {
  const startedAt = performance.now()
  const before = socket.bytesWritten
  response.once('close', () => {
    const { id, queries, gateMs } = store
    const answered = {
      id,
      method,
      route,
      status: response.statusCode,
      ms: performance.now() - startedAt,
      bytes: socket.bytesWritten - before,
      queries,
      gateMs,
      isComplete: response.writableFinished,
      // A live stream lasts as long as a shift.
      isStream: String(response.getHeader('content-type') ?? '').startsWith('text/event-stream'),
    }
    for (const tell of observers) tell(answered)
  })
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

function tellOwnAddress(request, origin) {
  for (const name of FORWARDED) delete request.headers[name]
  if (!origin) return
  request.headers['x-forwarded-host'] = origin.host
  request.headers['x-forwarded-proto'] = origin.protocol.slice(0, -1)
}

function failRequest(error, store, response) {
  console.error('A request failed:', error, { requestId: store.id })
  if (response.headersSent) return response.destroy()
  response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
  response.end('Something went wrong. Please try again.\n')
}
