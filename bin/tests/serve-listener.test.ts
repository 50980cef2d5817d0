import type { AsyncLocalStorage } from 'node:async_hooks'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createRequestListener } from '../serve/listener.mjs'

/** The middleware that Next itself wraps responses with: it has to get along with the change of the head. */
const compress = createRequire(import.meta.url)('next/dist/compiled/compression')()

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>
type Store = { overloaded: boolean; queries: number; id: string }
const global = globalThis as unknown as Record<symbol, unknown>
const GATE = Symbol.for('brigade.gate')
const store = () => (global[Symbol.for('brigade.request')] as AsyncLocalStorage<Store>).getStore() as Store

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
  delete global[GATE]
})

/** A server that answers as Next would, with `handle` in its place; returns its address. */
async function serving(
  handle: Handle,
  options: { origin?: URL; begin?: (work: () => void) => void } = {},
): Promise<string> {
  const compressed: Handle = (request, response) =>
    new Promise((resolve, reject) =>
      compress(request, response, () => handle(request, response).then(resolve, reject)),
    )
  const server = createServer(createRequestListener({ handle: compressed, ...options }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const saturate = (isSaturated = true) => {
  global[GATE] = { saturated: () => isSaturated, retryAfterSeconds: () => 3 }
}

/** What Next does when a page threw: 500, its headers, its page. */
const failing =
  (pieces: string[], { overloaded = true } = {}): Handle =>
  async (_request, response) => {
    store().overloaded = overloaded
    response.statusCode = 500
    response.setHeader('content-security-policy', "script-src 'nonce-abc'")
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.setHeader('etag', '"next"')
    for (const piece of pieces.slice(0, -1)) response.write(piece)
    response.end(pieces.at(-1))
  }

const DOCUMENT = { accept: 'text/html,application/xhtml+xml' }
const LONG = `<html>${'Internal Server Error. '.repeat(200)}</html>`

describe('a request whose queries could not be admitted', () => {
  test.each([
    ['in one piece', ['<html>Internal Server Error</html>']],
    ['in pieces', ['<html>', LONG, '</html>']],
    ['compressed', [LONG]],
  ])('gets the busy page with 503 where Next answers 500 %s', async (_how, pieces) => {
    saturate(false)
    const url = await serving(failing(pieces))
    const response = await fetch(`${url}/overview`, { headers: { ...DOCUMENT, 'accept-encoding': 'gzip' } })
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('3')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('etag')).toBeNull()
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    const body = await response.text()
    expect(body).toContain('<h1>The kitchen is busy</h1>')
    expect(body).toMatch(/<\/html>\s*$/)
    expect(body).not.toContain('Internal Server Error')
  })

  test('gets only the status changed where it is no page that was asked for', async () => {
    const url = await serving(failing(['{"title":"Too busy"}']))
    for (const headers of [{ accept: 'application/json' }, { ...DOCUMENT, rsc: '1' }]) {
      const response = await fetch(`${url}/overview`, { headers })
      expect(response.status).toBe(503)
      expect(response.headers.get('retry-after')).toBe('1')
      expect(await response.text()).toBe('{"title":"Too busy"}')
    }
  })

  test('keeps an answer whose head was already sent', async () => {
    const url = await serving(async (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.write('<html>')
      store().overloaded = true
      response.end('</html>')
    })
    const response = await fetch(url, { headers: DOCUMENT })
    expect([response.status, await response.text()]).toEqual([200, '<html></html>'])
  })

  test('does not stain another request', async () => {
    const url = await serving(async (request, response) => {
      store().queries += 1
      store().overloaded = request.url === '/busy'
      response.statusCode = 500
      response.end(`${store().queries}`)
    })
    const [busy, bug] = await Promise.all([fetch(`${url}/busy`), fetch(`${url}/bug`)])
    expect([busy.status, bug.status]).toEqual([503, 500])
    expect([await busy.text(), await bug.text()]).toEqual(['1', '1'])
  })
})

describe('a page that failed for another reason', () => {
  const broken = failing(['<html id="__next_error__"></html>'], { overloaded: false })

  test('is put in words, with the number that finds it in the log', async () => {
    const response = await fetch(await serving(broken), { headers: DOCUMENT })
    expect(response.status).toBe(500)
    expect(response.headers.get('retry-after')).toBeNull()
    const id = response.headers.get('x-request-id')
    expect(id).toMatch(/^[0-9a-f]{12}$/)
    const body = await response.text()
    expect(body).toContain('<h1>This did not work</h1>')
    expect(body).toContain(`this number: ${id}.`)
    expect(body).not.toContain('__next_error__')
  })

  test('stays as it is for software and for Next’s router', async () => {
    const url = await serving(broken)
    for (const headers of [{ accept: 'application/json' }, { ...DOCUMENT, rsc: '1' }]) {
      const response = await fetch(url, { headers })
      expect([response.status, await response.text()]).toEqual([500, '<html id="__next_error__"></html>'])
    }
  })
})

describe('while the gate is saturated', () => {
  const answered: Handle = async (_request, response) => {
    response.end('answered')
  }

  test('pages and the API are refused before any work is done', async () => {
    saturate()
    const url = await serving(() => Promise.reject(new Error('must not be called')))
    const page = await fetch(`${url}/menu?page=2`, { headers: DOCUMENT })
    expect(page.status).toBe(503)
    expect(page.headers.get('retry-after')).toBe('3')
    expect(await page.text()).toContain('The kitchen is busy')

    const api = await fetch(`${url}/api/v1/orders`, { method: 'POST', body: '{}' })
    expect(api.status).toBe(503)
    expect(api.headers.get('content-type')).toBe('application/problem+json')
    expect(await api.json()).toMatchObject({ status: 503, requestId: api.headers.get('x-request-id') })
  })

  test('what a kitchen waits for is let in where there is room for it, and what can wait is not', async () => {
    global[GATE] = { saturated: (priority: string) => priority !== 'kitchen', retryAfterSeconds: () => 3 }
    const url = await serving(answered)
    const status = async (path: string) => (await fetch(url + path)).status
    for (const path of [
      '/kitchen/berlin',
      '/api/v1/orders',
      '/orders/berlin/new',
      '/api/kitchen/berlin/events',
    ])
      expect([path, await status(path)]).toEqual([path, 200])
    for (const path of ['/menu', '/orders/berlin', '/reports/berlin', '/exports/menu?x=/kitchen/'])
      expect([path, await status(path)]).toEqual([path, 503])
  })

  test.each(['/healthz', '/_next/static/chunks/main.js', '/icon.svg', '/m/berlin'])(
    '%s is served',
    async (path) => {
      saturate()
      expect((await fetch((await serving(answered)) + path)).status).toBe(200)
    },
  )

  test('an API path that looks like a file is refused with the others', async () => {
    saturate()
    expect((await fetch(`${await serving(answered)}/api/v1/openapi.json`)).status).toBe(503)
  })
})

describe('the id of a request', () => {
  const echo: Handle = async (request, response) => {
    response.end(JSON.stringify({ store: store().id, header: request.headers['x-request-id'] }))
  }

  test('is the one that it came with, in the answer and wherever it goes', async () => {
    const answer = await fetch(await serving(echo), { headers: { 'x-request-id': 'nginx-4f.7_A' } })
    expect(answer.headers.get('x-request-id')).toBe('nginx-4f.7_A')
    expect(await answer.json()).toEqual({ store: 'nginx-4f.7_A', header: 'nginx-4f.7_A' })
  })

  test.each(['<script>', 'a b', 'abc', 'x'.repeat(65), '-----', 'id"}'])(
    'is a new one where %j came with it',
    async (given) => {
      const answer = await fetch(await serving(echo), { headers: { 'x-request-id': given } })
      const id = answer.headers.get('x-request-id')
      expect(id).toMatch(/^[0-9a-f]{12}$/)
      expect(await answer.json()).toEqual({ store: id, header: id })
    },
  )
})

describe('every request', () => {
  test('begins when it is told to, and /healthz and what is kept wait for none of them', async () => {
    const begun: string[] = []
    const held: (() => void)[] = []
    const url = await serving(
      async ({ url = '' }, response) => {
        begun.push(url)
        response.end('ok')
      },
      { begin: (work) => held.push(work) },
    )
    const page = fetch(`${url}/menu`)
    await vi.waitFor(() => expect(held.length).toBe(1))
    for (const path of ['/healthz', '/icon.svg', '/m/berlin'])
      expect((await fetch(url + path)).status).toBe(200)
    expect(begun).toEqual(['/icon.svg', '/m/berlin'])
    held[0]?.()
    expect((await page).status).toBe(200)
  })

  test('to /healthz is answered without the app', async () => {
    const url = await serving(() => Promise.reject(new Error('must not be called')))
    const response = await fetch(`${url}/healthz?deep`)
    expect([response.status, await response.text()]).toEqual([200, 'ok\n'])
    expect((await fetch(`${url}/healthz`, { method: 'HEAD' })).status).toBe(200)
  })

  test('comes without what its sender says of forwarding', async () => {
    const echo: Handle = async (request, response) => {
      response.end(JSON.stringify(request.headers))
    }
    const headers = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-for': '10.0.0.1',
      forwarded: 'for=10.0.0.1',
    }
    const direct = await (await fetch(await serving(echo), { headers })).json()
    expect(Object.keys(direct).filter((name) => name.includes('forwarded'))).toEqual([])

    const origin = new URL('https://brigade.example.com')
    const behindProxy = await (await fetch(await serving(echo, { origin }), { headers })).json()
    expect(behindProxy).toMatchObject({
      'x-forwarded-host': 'brigade.example.com',
      'x-forwarded-proto': 'https',
    })
    expect(behindProxy['x-forwarded-for']).toBeUndefined()
  })

  test('streams: a first event arrives while the answer is still being written', async () => {
    let finish = () => {}
    const url = await serving(async (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('data: 1\n\n')
      ;(response as unknown as { flush(): void }).flush()
      await new Promise<void>((resolve) => {
        finish = resolve
      })
      response.end('data: 2\n\n')
    })
    const response = await fetch(url, { headers: { accept: 'text/event-stream', 'accept-encoding': 'gzip' } })
    const reader = response.body?.getReader() ?? expect.fail('no body')
    const next = async () => new TextDecoder().decode((await reader.read()).value)
    expect(await next()).toBe('data: 1\n\n')
    finish()
    expect(await next()).toBe('data: 2\n\n')
  })

  test('that fails outside of Next is answered with 500 and no more', async () => {
    const logged: unknown[] = []
    const log = console.error
    console.error = (...words) => logged.push(words)
    try {
      const response = await fetch(await serving(() => Promise.reject(new Error('secret'))))
      expect(response.status).toBe(500)
      expect(await response.text()).not.toContain('secret')
      expect(logged).toHaveLength(1)
    } finally {
      console.error = log
    }
  })
})

describe('who changed something', () => {
  const SIGNED_IN = 'brigade_session=a.b'
  const knowing = () => {
    const heard: number[] = []
    const settled: unknown[] = []
    global[Symbol.for('brigade.ownWrites')] = {
      hear: async (id: number) => void heard.push(id),
      settle: (request: unknown) => void settled.push(request),
    }
    closers.push(() => delete global[Symbol.for('brigade.ownWrites')])
    return { heard, settled }
  }
  const writing: Handle = async (request, response) => {
    if (request.method === 'POST') Object.assign(store(), { wrote: { id: 42, tags: ['menu'] } })
    response.setHeader('set-cookie', 'theme=dark')
    response.end('done')
  }

  test('takes its number along, and this process is settled before the answer goes out', async () => {
    const { settled } = knowing()
    const url = await serving(writing)
    const answer = await fetch(url, { method: 'POST' })
    expect(answer.headers.getSetCookie()).toEqual([
      'theme=dark',
      'brigade_wrote=42; Path=/; Max-Age=600; HttpOnly; SameSite=Lax',
    ])
    expect(settled).toMatchObject([{ wrote: { id: 42 } }])
    expect((await fetch(url)).headers.getSetCookie()).toEqual(['theme=dark'])
  })

  test('has a cookie of this host alone over https', async () => {
    knowing()
    const url = await serving(writing, { origin: new URL('https://brigade.example') })
    expect((await fetch(url, { method: 'POST' })).headers.getSetCookie()[1]).toBe(
      '__Host-brigade_wrote=42; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure',
    )
  })

  test('is answered once this process has caught up with the number', async () => {
    const { heard } = knowing()
    const url = await serving(async (_request, response) => void response.end(`heard ${heard}`))
    const answer = await fetch(url, { headers: { cookie: `${SIGNED_IN}; brigade_wrote=42` } })
    expect(await answer.text()).toBe('heard 42')
  })

  test.each([
    ['who is not signed in', 'brigade_wrote=42'],
    ['who made the number up', `${SIGNED_IN}; brigade_wrote=42x`],
    ['whose number is none', `${SIGNED_IN}; brigade_wrote=9999999999999999`],
    ['who has none', SIGNED_IN],
  ])('costs nothing for somebody %s', async (_who, cookie) => {
    const { heard } = knowing()
    const url = await serving(writing)
    expect((await fetch(url, { headers: { cookie } })).status).toBe(200)
    expect(heard).toEqual([])
  })

  test('is told to come back when the database can not be asked, and still gets files and guest menus', async () => {
    global[Symbol.for('brigade.ownWrites')] = { hear: () => Promise.reject(new Error('away')), settle() {} }
    closers.push(() => delete global[Symbol.for('brigade.ownWrites')])
    const url = await serving(writing)
    const get = (path: string) => fetch(url + path, { headers: { cookie: `${SIGNED_IN}; brigade_wrote=42` } })
    const page = await get('/recipes/cuisines')
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '1'])
    expect([(await get('/m/berlin')).status, (await get('/_next/static/a.js')).status]).toEqual([200, 200])
  })
})
