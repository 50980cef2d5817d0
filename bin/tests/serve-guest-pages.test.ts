import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import CacheHandler, { keptPages } from '../../app/_server/cache-handler.mjs'
import { expireTags } from '../../app/_server/expiries.mjs'
import { createRequestListener } from '../serve/listener.mjs'

const MADE =
  '<html><script src="/next.js" async=""></script><p>Soup &lt;script></p><script>again\nas data</script></html>'
const DOCUMENT = '<html><p>Soup &lt;script></p></html>'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})
beforeEach(() => void vi.stubEnv('MISE', 'on'))

/** How often Next had to make or hand out a page. */
let handled = 0
let path = ''
let tag = ''
beforeEach(() => {
  handled = 0
  path = `/m/${randomUUID()}`
  tag = `menu:${path}`
})

/** As Next does it: makes the page unless it is kept, and keeps it. */
const asNextDoes =
  ({ status = 200, revalidate = 60 }: { status?: number; revalidate?: number } = {}) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    handled++
    const cache = new CacheHandler()
    const key = `/route-cache/APP_PAGE/0123/$${request.url?.split('?')[0]}`
    const kept = await cache.get(key, { kind: 'APP_PAGE' })
    const value = kept?.value ?? {
      kind: 'APP_PAGE',
      html: MADE,
      status,
      headers: { 'x-next-cache-tags': tag },
    }
    if (!kept) await cache.set(key, value, { cacheControl: { revalidate } })
    response.statusCode = status
    response.setHeader('content-type', request.headers.rsc ? 'text/x-component' : 'text/html; charset=utf-8')
    response.setHeader('content-security-policy', "default-src 'self'")
    response.setHeader('set-cookie', 'somebody=1')
    response.setHeader('etag', '"next"')
    response.end(value.html)
  }

async function serving(handle: ReturnType<typeof asNextDoes>): Promise<string> {
  const server = createServer(createRequestListener({ handle }) as RequestListener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
}

/** So that the page is kept and its head is known. */
async function servingKept(options = {}): Promise<string> {
  const url = await serving(asNextDoes(options))
  await (await fetch(url)).text()
  return url
}

describe('a kept guest menu', () => {
  test('is handed out without Next, without scripts, and under the head that Next gave it', async () => {
    const url = await servingKept()
    const hits = keptPages().hits
    const response = await fetch(url)
    expect(await response.text()).toBe(DOCUMENT)
    expect(handled).toBe(1)
    expect(keptPages().hits).toBe(hits + 1)
    expect(response.headers.get('content-security-policy')).toBe("default-src 'self'")
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('x-request-id')).toMatch(/\w/)
  })

  test('gives nobody the cookie of somebody else', async () => {
    const url = await servingKept()
    expect((await fetch(url)).headers.get('set-cookie')).toBeNull()
  })

  test('is made again once its tag expired, and by Next', async () => {
    const url = await servingKept()
    expireTags([tag])
    expect(await (await fetch(url)).text()).toBe(MADE)
    expect(await (await fetch(url)).text()).toBe(DOCUMENT)
    expect(handled).toBe(2)
  })

  test('is made again by Next when it is old', async () => {
    const url = await servingKept({ revalidate: 0 })
    await (await fetch(url)).text()
    expect(handled).toBe(2)
  })

  test('is made for each guest with MISE=off', async () => {
    const url = await servingKept()
    vi.stubEnv('MISE', 'off')
    await (await fetch(url)).text()
    expect(handled).toBe(2)
  })

  test('is compressed once for all who take it so', async () => {
    const url = await servingKept()
    const [plain, compressed] = await Promise.all([raw(url, ''), raw(url, 'Accept-Encoding: br, gzip\r\n')])
    expect(plain.head).not.toMatch(/content-encoding/i)
    expect(plain.body.toString()).toBe(DOCUMENT)
    expect(compressed.head).toMatch(/content-encoding: gzip/i)
    expect(gunzipSync(compressed.body).toString()).toBe(DOCUMENT)
    const { bytes } = keptPages()
    await raw(url, 'Accept-Encoding: gzip\r\n')
    expect(keptPages().bytes).toBe(bytes)
  })

  test('is not sent to whoever has it already', async () => {
    const url = await servingKept()
    const etag = (await fetch(url)).headers.get('etag') ?? ''
    for (const mark of [etag, `"other", ${etag}`, etag.replace('W/', ''), '*']) {
      const response = await fetch(url, { headers: { 'if-none-match': mark, 'cache-control': 'no-cache' } })
      expect([mark, response.status, await response.text()]).toEqual([mark, 304, ''])
    }
    const other = await fetch(url, { headers: { 'if-none-match': '"other"', 'cache-control': 'no-cache' } })
    expect(other.status).toBe(200)
    expect(handled).toBe(1)
  })

  test('tells only its head when only that is asked for', async () => {
    const url = await servingKept()
    const response = await fetch(url, { method: 'HEAD', headers: { 'accept-encoding': 'identity' } })
    expect(response.headers.get('content-length')).toBe(String(DOCUMENT.length))
    expect(await response.text()).toBe('')
    expect(handled).toBe(1)
  })

  test('is left to Next where its data, or a question, is asked for, or something is sent', async () => {
    const url = await servingKept()
    await fetch(url, { headers: { rsc: '1' } })
    await fetch(`${url}?table=7`)
    await fetch(url, { method: 'POST' })
    expect(handled).toBe(4)
  })
})

test('whoever wrote is not given what was begun before, and others are', async () => {
  const hear = vi.fn(async () => {})
  const hooks = globalThis as unknown as Record<symbol, unknown>
  hooks[Symbol.for('brigade.ownWrites')] = { hear, settle() {} }
  closers.push(() => delete hooks[Symbol.for('brigade.ownWrites')])
  // As Next does it: who asks for a page that is being made waits for that one.
  let dish = 'in'
  let finish = () => {}
  let making: Promise<string> | undefined
  const url = await serving(async (_request, response) => {
    handled++
    const now = dish
    making ??= new Promise<string>((resolve) => {
      finish = () => resolve(now)
    }).finally(() => {
      making = undefined
    })
    response.end(await making)
  })
  const early = fetch(url)
  await vi.waitFor(() => expect(handled).toBe(1))
  dish = 'out'
  expireTags([tag])
  const writer = fetch(url, { headers: { cookie: 'brigade_session=1; brigade_wrote=7' } })
  await vi.waitFor(() => expect(hear).toHaveBeenCalled())
  const guest = fetch(url)
  await vi.waitFor(() => expect(handled).toBe(2))
  finish()
  expect([await (await early).text(), await (await guest).text()]).toEqual(['in', 'in'])
  await vi.waitFor(() => expect(handled).toBe(3))
  finish()
  expect(await (await writer).text()).toBe('out')
})

test('the head of a menu is never that of its data, whichever is asked for first', async () => {
  const url = await serving(asNextDoes())
  await (await fetch(url, { headers: { rsc: '1' } })).text()
  for (let guest = 0; guest < 3; guest++) {
    const response = await fetch(url)
    await response.text()
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  }
  expect(handled, 'the second guest was not sent to Next').toBe(2)
})

test('a page that says that there is no menu keeps the scripts that draw it', async () => {
  const url = await servingKept({ status: 404 })
  const response = await fetch(url)
  expect([response.status, await response.text()]).toEqual([404, MADE])
  expect(handled).toBe(2)
})

/** `fetch` takes and undoes what coding it likes. */
async function raw(url: string, headers: string) {
  const { port, host, pathname } = new URL(url)
  const socket = connect(Number(port), '127.0.0.1')
  socket.write(`GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\n${headers}Connection: close\r\n\r\n`)
  const bytes = Buffer.from(await text(socket.setEncoding('latin1')), 'latin1')
  const end = bytes.indexOf('\r\n\r\n')
  return { head: bytes.subarray(0, end).toString(), body: bytes.subarray(end + 4) }
}
