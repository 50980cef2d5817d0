import { randomBytes } from 'node:crypto'
import { FOREIGN_ORIGIN, PATH_HEADER } from '../../app/_server/agreed.mjs'
import { pathOf } from './route-class.mjs'

/**
 * Sets the security headers, and tells each page its nonce and its path. Authorises nothing: every page, route and action
 * asks for itself. Here and not in Next's `proxy.ts`, where the same costs more of the processor: docs/decisions/003-serving.md.
 * @param {{ isHttps: boolean, dev: boolean }} options
 * @returns {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => boolean} false
 *   where it refused the request, and answered
 */
export function security({ isHttps, dev }) {
  const policies = policiesOf(dev)
  const headers = Object.entries(HEADERS)
  if (isHttps) headers.push(['strict-transport-security', 'max-age=31536000'])

  return (request, response) => {
    const url = request.url ?? '/'
    // Files that scripts and styles are, and the same for everybody.
    if (url.startsWith('/_next/static/')) return true
    const zone = zoneOf(pathOf(url))
    const nonce = zone === 'staff' ? randomBytes(16).toString('base64') : ''
    const policy = policies[zone](nonce)
    for (const [name, value] of headers) response.setHeader(name, value)
    response.setHeader('content-security-policy', policy)

    // Next reads the nonce from this request header, so a visitor must not be able to choose it.
    delete request.headers['content-security-policy-report-only']
    if (nonce) request.headers['content-security-policy'] = policy
    else delete request.headers['content-security-policy']
    request.headers[PATH_HEADER] = withoutRouterMark(url)

    if (zone !== 'staff' || !comesFromElsewhere(request)) return true
    response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    response.end(FOREIGN_ORIGIN)
    return false
  }
}

/** Next's router marks what it asks for, so that no cache takes it for the page. */
const withoutRouterMark = (url) =>
  url.replace(/([?&])_rsc=[^&]*(&|$)/, (_, before, after) => (after ? before : ''))

/**
 * Whether Next itself would refuse the action, for the host of its Origin is not the one that was asked: it would answer
 * 500 and log an error. Origins that are ours by name are the action's own question.
 */
function comesFromElsewhere({ method, headers }) {
  const { origin } = headers
  if (method !== 'POST' || origin === undefined) return false
  const host = headers['x-forwarded-host'] ?? headers.host
  return !URL.canParse(origin) || new URL(origin).host !== host
}

/** @returns {'staff' | 'guest' | 'data' | 'worker'} */
function zoneOf(path) {
  if (path.startsWith('/m/')) return 'guest'
  if (path === '/wall-worker.js') return 'worker'
  return /^\/(api|readyz)(\/|$)/.test(path) ? 'data' : 'staff'
}

const SHARED =
  "img-src 'self' data:; font-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

function policiesOf(dev) {
  /** React's development build rebuilds stack traces with `eval`, and Next's puts styles into the page as it goes. */
  const forDevelopment = (source) => (dev ? ` ${source}` : '')
  return {
    /**
     * Every script carries the request's nonce, and what those load is trusted too. Style elements need it as well;
     * `style` attributes, which bars and positioned menus are rendered with, can't carry one.
     */
    staff: (nonce) =>
      [
        "default-src 'self'",
        `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${forDevelopment("'unsafe-eval'")}`,
        `style-src 'self' ${dev ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
        "style-src-attr 'unsafe-inline'",
        // The wall's service worker. Without it `script-src` would decide, where 'strict-dynamic' leaves no 'self'.
        "worker-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        SHARED,
      ].join('; '),
    /** Static pages, made before the request, so without a nonce; nothing to steal and nothing to send there. */
    guest: () =>
      [
        "default-src 'self'",
        `script-src 'self' 'unsafe-inline'${forDevelopment("'unsafe-eval'")}`,
        "style-src 'self' 'unsafe-inline'",
        "connect-src 'self'",
        "form-action 'none'",
        SHARED,
      ].join('; '),
    /** The wall's service worker is bound by the policy that came with its script: it fetches from here and nothing else. */
    worker: () => "default-src 'none'; connect-src 'self'; frame-ancestors 'none'",
    data: () => "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  }
}

const HEADERS = {
  'x-content-type-options': 'nosniff',
  // Not `no-referrer`: with it browsers send `Origin: null` with forms, and ours would be refused.
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
  'cross-origin-opener-policy': 'same-origin',
}
