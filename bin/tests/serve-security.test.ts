import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createRequestListener } from '../serve/listener.mjs'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

type Answer = { headers: Headers; status: number; handedOn: IncomingMessage['headers'] | null }
type Options = { origin?: URL; dev?: boolean }

/** Asks the HTTP server, with an app behind it that tells what it was asked with; `handedOn` is null where it was not. */
async function ask(path: string, init: RequestInit = {}, options: Options = {}): Promise<Answer> {
  const handle = async (request: IncomingMessage, response: import('node:http').ServerResponse) => {
    response.end(JSON.stringify(request.headers))
  }
  const server = createServer(createRequestListener({ handle, ...options }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, init)
  const body = await answer.text()
  const handedOn = answer.status === 200 ? JSON.parse(body) : null
  return { headers: answer.headers, status: answer.status, handedOn }
}

const policyOf = ({ headers }: Answer) => headers.get('content-security-policy') ?? ''
const nonceIn = (policy: string) => /'nonce-([^']+)'/.exec(policy)?.[1]

describe('the wall’s service worker', () => {
  it('may be registered by staff pages, and fetches from here and nothing else', async () => {
    expect(policyOf(await ask('/kitchen/berlin'))).toContain("worker-src 'self'")
    expect(policyOf(await ask('/wall-worker.js'))).toBe(
      "default-src 'none'; connect-src 'self'; frame-ancestors 'none'",
    )
  })
})

describe('a staff page', () => {
  it('trusts only scripts that carry the nonce of this very request', async () => {
    const first = policyOf(await ask('/menu'))
    expect(first).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic';/)
    expect(first).not.toContain('unsafe-eval')
    expect(first).not.toMatch(/(script-src|style-src|default-src) [^;]*unsafe-inline/)
    expect(nonceIn(policyOf(await ask('/menu')))).not.toBe(nonceIn(first))
  })

  it.each(['/menu', '/sign-in', '/', '/nowhere', '/invite/abc', '/recipes/pie.png', '/_next/image?url=x'])(
    '%s may not be framed, send forms elsewhere, load plug-ins or change its base',
    async (path) => {
      const policy = policyOf(await ask(path))
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toContain("form-action 'self'")
      expect(policy).toContain("object-src 'none'")
      expect(policy).toContain("base-uri 'none'")
    },
  )

  it('is told its nonce and its path, whatever the visitor claims', async () => {
    const answer = await ask('/menu?page=2', {
      headers: {
        'content-security-policy': "script-src 'nonce-chosen'",
        'content-security-policy-report-only': "script-src 'nonce-chosen'",
        'x-brigade-path': '/elsewhere',
      },
    })
    expect(answer.handedOn?.['content-security-policy']).toBe(policyOf(answer))
    expect(answer.handedOn?.['content-security-policy-report-only']).toBeUndefined()
    expect(answer.handedOn?.['x-brigade-path']).toBe('/menu?page=2')
  })

  it.each([
    ['/menu?_rsc=1a2b', '/menu'],
    ['/menu?_rsc=1a2b&page=2', '/menu?page=2'],
    ['/menu?page=2&_rsc=1a2b', '/menu?page=2'],
    ['/menu?page=2&_rsc=1a2b&q=soup', '/menu?page=2&q=soup'],
    ['/menu?q=_rsc', '/menu?q=_rsc'],
  ])('asked for by Next’s router as %s is told %s', async (asked, told) => {
    expect((await ask(asked)).handedOn?.['x-brigade-path']).toBe(told)
  })
})

describe('an action', () => {
  const post = (headers: Record<string, string>, options: Options = {}) =>
    ask('/menu', { method: 'POST', headers }, options)

  it.each(['https://evil.example', 'null', 'nonsense'])(
    'that Next would answer with 500 for its origin %s gets 403',
    async (origin) => {
      const refused = await post({ origin })
      expect(refused).toMatchObject({ status: 403, handedOn: null })
      expect(policyOf(refused)).toContain("default-src 'self'")
    },
  )

  it('is passed on otherwise, and judged by itself', async () => {
    const origin = 'https://brigade.example.com'
    expect((await post({ origin }, { origin: new URL(origin) })).status).toBe(200)
    expect((await post({ origin, 'x-forwarded-host': 'brigade.example.com' })).status).toBe(403)
    expect((await post({})).status).toBe(200)
  })

  it('is passed on from the address that was asked', async () => {
    const server = createServer(
      createRequestListener({ handle: async (_request, response) => void response.end() }),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closers.push(() => server.close())
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    expect((await fetch(`${origin}/menu`, { method: 'POST', headers: { origin } })).status).toBe(200)
  })
})

describe('a guest menu', () => {
  it('has a policy that fits a static page: no nonce, no form', async () => {
    const answer = await ask('/m/north', {
      headers: { 'content-security-policy': "script-src 'nonce-chosen'" },
    })
    expect(policyOf(answer)).toContain("script-src 'self' 'unsafe-inline';")
    expect(policyOf(answer)).toContain("form-action 'none'")
    expect(policyOf(answer)).not.toContain('nonce')
    expect(answer.handedOn?.['content-security-policy']).toBeUndefined()
  })
})

it.each(['/api/v1/menu', '/api/kitchen/north/events', '/readyz'])(
  'an answer for software from %s may run nothing',
  async (path) => {
    expect(policyOf(await ask(path))).toMatch(/^default-src 'none'/)
  },
)

describe('every answer', () => {
  it.each(['/menu', '/m/north', '/api/v1/menu', '/icon.svg'])(
    'carries the security headers: %s',
    async (path) => {
      expect(Object.fromEntries((await ask(path)).headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('camera=()'),
      })
    },
  )

  it.each([
    [new URL('https://brigade.example.com'), 'max-age=31536000'],
    [new URL('http://brigade.example.com'), null],
    [undefined, null],
  ])('with APP_URL %s says %s about strict transport', async (origin, expected) => {
    const { headers } = await ask('/menu', {}, { ...(origin && { origin }) })
    expect(headers.get('strict-transport-security')).toBe(expected)
  })

  it('lets Next’s development tools work, in development only', async () => {
    for (const path of ['/menu', '/m/north'])
      expect(policyOf(await ask(path, {}, { dev: true }))).toContain("'unsafe-eval'")
  })
})
