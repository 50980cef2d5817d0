import { unstable_doesMiddlewareMatch } from 'next/experimental/testing/server'
import { NextRequest } from 'next/server'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { proxy as ProxyFunction } from './proxy'

let proxy: typeof ProxyFunction
let config: { matcher: string[] }

/** The environment is read once a process, so each setting loads the module anew. */
async function load(appUrl: string, nodeEnv = 'production'): Promise<void> {
  vi.resetModules()
  vi.stubEnv('NODE_ENV', nodeEnv)
  vi.stubEnv('APP_URL', appUrl)
  vi.stubEnv('AUTH_SECRET', 'x'.repeat(32))
  vi.stubEnv('DATABASE_URL', 'postgresql://brigade@127.0.0.1:5432/brigade')
  ;({ proxy, config } = await import('./proxy'))
}

const ask = (path: string, headers: Record<string, string> = {}) =>
  proxy(new NextRequest(`http://localhost:3000${path}`, { headers }))
const policyOf = (response: Response) => response.headers.get('content-security-policy') ?? ''
/** A header as the page will see it: Next carries what a proxy changes in headers of its own. */
const handedOn = (response: Response, name: string) => response.headers.get(`x-middleware-request-${name}`)
const nonceIn = (policy: string | null) => /'nonce-([^']+)'/.exec(policy ?? '')?.[1]

beforeAll(() => load(''))

describe('the wall’s service worker', () => {
  it('may be registered by staff pages, and fetches from here and nothing else', () => {
    expect(policyOf(ask('/kitchen/berlin'))).toContain("worker-src 'self'")
    expect(policyOf(ask('/wall-worker.js'))).toBe(
      "default-src 'none'; connect-src 'self'; frame-ancestors 'none'",
    )
  })
})

describe('a staff page', () => {
  it('trusts only scripts that carry the nonce of this very request', () => {
    const first = policyOf(ask('/menu'))
    expect(first).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic';/)
    expect(first).not.toContain('unsafe-eval')
    expect(first).not.toMatch(/(script-src|style-src|default-src) [^;]*unsafe-inline/)
    expect(nonceIn(policyOf(ask('/menu')))).not.toBe(nonceIn(first))
  })

  it('may not be framed, send forms elsewhere, load plug-ins or change its base', () => {
    for (const path of ['/menu', '/sign-in', '/', '/nowhere']) {
      for (const rule of [
        "frame-ancestors 'none'",
        "form-action 'self'",
        "object-src 'none'",
        "base-uri 'none'",
      ]) {
        expect(policyOf(ask(path))).toContain(rule)
      }
    }
  })

  it('is told its nonce and its path, whatever the visitor claims', () => {
    const response = ask('/menu?page=2', {
      'content-security-policy': "script-src 'nonce-chosen'",
      'content-security-policy-report-only': "script-src 'nonce-chosen'",
      'x-brigade-path': '/elsewhere',
    })
    expect(handedOn(response, 'content-security-policy')).toBe(policyOf(response))
    expect(handedOn(response, 'content-security-policy-report-only')).toBeNull()
    expect(handedOn(response, 'x-brigade-path')).toBe('/menu?page=2')
  })
})

describe('an action', () => {
  const post = (headers: Record<string, string>) =>
    proxy(
      new NextRequest('http://localhost:3000/menu', {
        method: 'POST',
        headers: { host: 'localhost:3000', ...headers },
      }),
    )

  it.each(['https://evil.example', 'null', 'nonsense'])(
    'that Next would answer with 500 for its origin %s gets 403',
    (origin) => {
      expect(post({ origin }).status).toBe(403)
    },
  )

  it('is passed on otherwise, and judged by itself', () => {
    expect(post({ origin: 'http://localhost:3000' }).status).toBe(200)
    expect(
      post({ origin: 'https://brigade.example.com', 'x-forwarded-host': 'brigade.example.com' }).status,
    ).toBe(200)
    expect(post({}).status).toBe(200)
  })
})

describe('a guest menu', () => {
  it('has a policy that fits a static page: no nonce, no form', () => {
    const response = ask('/m/north', { 'content-security-policy': "script-src 'nonce-chosen'" })
    expect(policyOf(response)).toContain("script-src 'self' 'unsafe-inline';")
    expect(policyOf(response)).toContain("form-action 'none'")
    expect(policyOf(response)).not.toContain('nonce')
    expect(handedOn(response, 'content-security-policy')).toBeNull()
  })
})

describe('an answer for software', () => {
  it.each(['/api/v1/menu', '/api/kitchen/north/events', '/healthz', '/readyz'])(
    'from %s may run nothing',
    (path) => {
      expect(policyOf(ask(path))).toMatch(/^default-src 'none'/)
    },
  )
})

describe('every answer', () => {
  it('carries the security headers', () => {
    for (const path of ['/menu', '/m/north', '/api/v1/menu']) {
      expect(Object.fromEntries(ask(path).headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('camera=()'),
      })
    }
  })

  it.each([
    ['https://brigade.example.com', 'max-age=31536000'],
    ['http://brigade.example.com', null],
    ['', null],
  ])('with APP_URL "%s" says "%s" about strict transport', async (appUrl, expected) => {
    await load(appUrl)
    expect(ask('/menu').headers.get('strict-transport-security')).toBe(expected)
  })

  it('lets Next’s development tools work, in development only', async () => {
    await load('', 'development')
    expect(policyOf(ask('/menu'))).toContain("'unsafe-eval'")
    expect(policyOf(ask('/m/north'))).toContain("'unsafe-eval'")
    await load('')
  })
})

describe('the proxy', () => {
  const runsOn = (url: string) => unstable_doesMiddlewareMatch({ config, url, nextConfig: {} })

  it('runs for pages, guest menus and the API, and not for files', () => {
    for (const url of [
      '/',
      '/menu',
      '/m/north',
      '/m/st.john',
      '/api/v1/openapi.json',
      '/invite/abc',
      '/nowhere',
    ]) {
      expect(runsOn(url), url).toBe(true)
    }
    for (const url of ['/_next/static/chunks/main.js', '/favicon.ico', '/icon.svg', '/robots.txt']) {
      expect(runsOn(url), url).toBe(false)
    }
  })

  it('lets everybody through: it authorises nothing', () => {
    const response = ask('/admin/people')
    expect(response.status).toBe(200)
    expect(response.headers.get('x-middleware-next')).toBe('1')
  })
})
