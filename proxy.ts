import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { type Environment, environment, isHttps } from '@/app/_server/environment'
import { FOREIGN_ORIGIN, PATH_HEADER } from '@/app/_server/origin'

/**
 * Everything but files, which the browser does not run as pages, and what takes files in: Next would keep the first ten
 * megabytes of a body in memory for us, and cut off the rest.
 */
export const config = {
  matcher: [
    '/((?!_next/static|_next/image|admin/imports/upload$|.*\\.(?:ico|png|svg|jpg|webp|woff2|txt|webmanifest)$).*)',
  ],
}

const isDevelopment = process.env.NODE_ENV === 'development'

/**
 * Sets the security headers and hands each page its nonce and its path. Authorises nothing: every page, route and
 * action asks for itself.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl
  const zone = zoneOf(pathname)
  if (zone === 'staff' && comesFromElsewhere(request))
    return new NextResponse(FOREIGN_ORIGIN, { status: 403 })
  const nonce = zone === 'staff' ? randomBytes(16).toString('base64') : ''
  const policy = POLICIES[zone](nonce)

  const handedOn = new Headers(request.headers)
  // Next reads the nonce from this request header, so a visitor must not be able to choose it.
  handedOn.delete('content-security-policy-report-only')
  if (nonce) handedOn.set('content-security-policy', policy)
  else handedOn.delete('content-security-policy')
  handedOn.set(PATH_HEADER, pathname + search)

  const response = NextResponse.next({ request: { headers: handedOn } })
  for (const [name, value] of securityHeaders(environment())) response.headers.set(name, value)
  response.headers.set('content-security-policy', policy)
  return response
}

/**
 * Whether Next itself would refuse the action, for the host of its Origin is not the one that was asked: it would answer
 * 500 and log an error. Origins that are ours by name are the action's own question.
 */
function comesFromElsewhere({ method, headers }: NextRequest): boolean {
  const origin = headers.get('origin')
  if (method !== 'POST' || origin === null) return false
  const host = headers.get('x-forwarded-host') ?? headers.get('host')
  return !URL.canParse(origin) || new URL(origin).host !== host
}

type Zone = 'staff' | 'guest' | 'data' | 'worker'

function zoneOf(pathname: string): Zone {
  if (pathname.startsWith('/m/')) return 'guest'
  if (pathname === '/wall-worker.js') return 'worker'
  return /^\/(api|healthz|readyz)(\/|$)/.test(pathname) ? 'data' : 'staff'
}

/** React's development build rebuilds stack traces with `eval`, and Next's puts styles into the page as it goes. */
const forDevelopment = (source: string) => (isDevelopment ? ` ${source}` : '')

const SHARED =
  "img-src 'self' data:; font-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

const POLICIES: Record<Zone, (nonce: string) => string> = {
  /**
   * Every script carries the request's nonce, and what those load is trusted too. Style elements need it as well;
   * `style` attributes, which bars and positioned menus are rendered with, can't carry one.
   */
  staff: (nonce) =>
    [
      "default-src 'self'",
      `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${forDevelopment("'unsafe-eval'")}`,
      `style-src 'self' ${isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
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

function securityHeaders(env: Environment): [name: string, value: string][] {
  return [
    ['x-content-type-options', 'nosniff'],
    // Not `no-referrer`: with it browsers send `Origin: null` with forms, and ours would be refused.
    ['referrer-policy', 'same-origin'],
    [
      'permissions-policy',
      'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
    ],
    ['cross-origin-opener-policy', 'same-origin'],
    ...(isHttps(env) ? [['strict-transport-security', 'max-age=31536000'] as [string, string]] : []),
  ]
}
