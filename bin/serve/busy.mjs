import { BUSY_PAGE, BUSY_PAGE_POLICY } from './busy-page.mjs'

/** Asked for by a person's browser as a whole page, and not by Next's router as a part of one. */
const wantsDocument = ({ headers }) =>
  !headers.rsc && !headers['next-action'] && /\btext\/html\b/.test(headers.accept ?? '')

/**
 * The 503 for one request: a calm page for a person, problem details (RFC 9457) for software, a line for Next's router.
 * @param {import('node:http').IncomingMessage} request
 * @returns {{ body: string, headers: Record<string, string> }}
 */
function busyAnswer(request) {
  if (request.url?.startsWith('/api/')) {
    const problem = {
      type: 'about:blank',
      title: 'Service Unavailable',
      status: 503,
      detail: 'Too busy. Retry later.',
    }
    return { body: `${JSON.stringify(problem)}\n`, headers: { 'content-type': 'application/problem+json' } }
  }
  if (wantsDocument(request)) {
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': BUSY_PAGE_POLICY,
    }
    return { body: BUSY_PAGE, headers }
  }
  return { body: 'Too busy. Please try again.\n', headers: { 'content-type': 'text/plain; charset=utf-8' } }
}

/**
 * Refuses a request before any work was done for it.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {number} retryAfterSeconds
 */
export function answerBusy(request, response, retryAfterSeconds) {
  const { body, headers } = busyAnswer(request)
  response.writeHead(503, {
    ...headers,
    'content-length': Buffer.byteLength(body),
    'retry-after': retryAfterSeconds,
    'cache-control': 'no-store',
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

/**
 * Next answers 500 when rendering failed for want of a connection. This makes it 503 with Retry-After as the head is
 * about to be sent, and for a whole page puts the busy page in the place of Next's. An answer whose head is out by then
 * stays as it is.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {{ overloaded: boolean }} store
 */
export function turnOverloadInto503(request, response, store) {
  const { writeHead, write, end } = response
  let replaced = false
  // Only then: a head written before its time would take the length away from every short answer.
  const decide = () => {
    if (store.overloaded && response.statusCode === 500 && !response.headersSent) response.writeHead(500)
  }

  // Every head passes here, written out or implied by the first byte of the body; Next's compression wraps these
  // methods later and so calls them last.
  response.writeHead = function (status, ...rest) {
    if (status !== 500 || !store.overloaded) return writeHead.call(this, status, ...rest)
    replaced = wantsDocument(request)
    const answer = busyAnswer(request)
    if (replaced) {
      for (const name of this.getHeaderNames()) this.removeHeader(name)
      for (const [name, value] of Object.entries(answer.headers)) this.setHeader(name, value)
    }
    const gate = globalThis[Symbol.for('brigade.gate')]
    this.setHeader('retry-after', gate?.retryAfterSeconds ?? 1)
    this.setHeader('cache-control', 'no-store')
    return replaced ? writeHead.call(this, 503) : writeHead.call(this, 503, ...withoutMessage(rest))
  }
  response.write = function (chunk, ...rest) {
    decide()
    if (!replaced) return write.call(this, chunk, ...rest)
    const callback = rest.find((argument) => typeof argument === 'function')
    if (callback) process.nextTick(callback)
    return true
  }
  response.end = function (...args) {
    decide()
    if (!replaced) return end.apply(this, args)
    const callback = args.find((argument) => typeof argument === 'function')
    return end.call(this, request.method === 'HEAD' ? undefined : BUSY_PAGE, callback)
  }
}

const withoutMessage = (rest) => rest.filter((argument) => typeof argument !== 'string')
