import { BUSY_PAGE, brokenPage, CALM_PAGE_HEADERS } from './calm-page.mjs'

/** Asked for by a person's browser as a whole page, and not by Next's router as a part of one. */
const wantsDocument = ({ headers }) =>
  !headers.rsc && !headers['next-action'] && /\btext\/html\b/.test(headers.accept ?? '')

/**
 * Refuses a request before any work was done for it: with a calm page for a person, problem details (RFC 9457) for
 * software, a line for Next's router.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {number} retryAfterSeconds
 * @param {string} requestId
 */
export function answerBusy(request, response, retryAfterSeconds, requestId) {
  const { body, headers } = busyAnswer(request, requestId)
  response.writeHead(503, {
    ...headers,
    'content-length': Buffer.byteLength(body),
    'retry-after': retryAfterSeconds,
    'cache-control': 'no-store',
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

function busyAnswer(request, requestId) {
  if (request.url?.startsWith('/api/')) {
    const problem = {
      type: 'about:blank',
      title: 'Service Unavailable',
      status: 503,
      detail: 'Too busy. Retry later.',
      requestId,
    }
    return { body: `${JSON.stringify(problem)}\n`, headers: { 'content-type': 'application/problem+json' } }
  }
  if (wantsDocument(request)) return { body: BUSY_PAGE, headers: CALM_PAGE_HEADERS }
  return { body: 'Too busy. Please try again.\n', headers: { 'content-type': 'text/plain; charset=utf-8' } }
}

/**
 * When a page can't be rendered Next answers 500 with an empty document that its scripts would fill. As such a head is
 * about to be sent this puts a page in its place that says what to do, with or without JavaScript; and where the reason
 * was that the database could not take or finish the work just now, makes it 503 with Retry-After for everybody. An
 * answer whose head is out by then stays as it is.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {{ id: string, overloaded: boolean, priority: string }} store
 */
export function putFailureInWords(request, response, store) {
  const { writeHead, write, end } = response
  /** @type {string | undefined} */
  let page
  // Only then: a head written before its time would take the length away from every short answer.
  const decide = () => {
    if (response.statusCode === 500 && !response.headersSent) response.writeHead(500)
  }

  // Every head passes here, written out or implied by the first byte of the body; Next's compression wraps these
  // methods later and so calls them last.
  response.writeHead = function (status, ...rest) {
    if (status !== 500) return writeHead.call(this, status, ...rest)
    if (wantsDocument(request)) {
      page = store.overloaded ? BUSY_PAGE : brokenPage(store.id)
      for (const name of this.getHeaderNames()) this.removeHeader(name)
      for (const [name, value] of Object.entries(CALM_PAGE_HEADERS)) this.setHeader(name, value)
      this.setHeader('cache-control', 'no-store')
      this.setHeader('x-request-id', store.id)
    }
    if (store.overloaded) this.setHeader('retry-after', retryAfterSeconds(store.priority))
    const headers = page === undefined ? rest.filter((argument) => typeof argument !== 'string') : []
    return writeHead.call(this, store.overloaded ? 503 : 500, ...headers)
  }
  response.write = function (chunk, ...rest) {
    decide()
    if (page === undefined) return write.call(this, chunk, ...rest)
    const callback = callbackIn(rest)
    if (callback) process.nextTick(callback)
    return true
  }
  response.end = function (...args) {
    decide()
    if (page === undefined) return end.apply(this, args)
    return end.call(this, request.method === 'HEAD' ? undefined : page, callbackIn(args))
  }
}

const retryAfterSeconds = (priority) =>
  globalThis[Symbol.for('brigade.gate')]?.retryAfterSeconds(priority) ?? 1

const callbackIn = (args) => args.find((argument) => typeof argument === 'function')
