import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { Gate } from '../../db/gate'
import { createRequestListener } from '../serve/listener.mjs'
import { inTurn } from '../serve/turns.mjs'

const global = globalThis as unknown as Record<symbol, unknown>
const TURNS = Symbol.for('brigade.turns')

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
  delete global[TURNS]
})

/** A server that begins answers and ends none of them before it is told to; one page is made at a time. */
async function serving({ queue = 10, waitMs = 60_000 } = {}) {
  const turns = new Gate({ max: 1, queue, waitMs })
  global[TURNS] = turns
  const begun: { url: string | undefined; end: () => void }[] = []
  const handle = async ({ url }: IncomingMessage, response: ServerResponse) => {
    begun.push({ url, end: () => response.end('done') })
  }
  const server = createServer(createRequestListener({ handle }) as RequestListener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.close()
    server.closeAllConnections()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    turns,
    ask: (path: string, signal?: AbortSignal) => fetch(origin + path, signal ? { signal } : {}),
    begun: () => begun.map(({ url }) => url),
    end: (url: string) => begun.find((answer) => answer.url === url)?.end(),
  }
}

test('pages of the office are made one after the other, reports last', async () => {
  const { turns, ask, begun, end } = await serving()
  const first = ask('/menu')
  await vi.waitFor(() => expect(begun()).toEqual(['/menu']))
  const report = ask('/reports/berlin')
  await vi.waitFor(() => expect(turns.stats().waiting).toBe(1))
  const second = ask('/recipes')
  await vi.waitFor(() => expect(turns.stats().waiting).toBe(2))
  end('/menu')
  await first
  await vi.waitFor(() => expect(begun()).toEqual(['/menu', '/recipes']))
  end('/recipes')
  await second
  await vi.waitFor(() => expect(begun().at(-1)).toBe('/reports/berlin'))
  end('/reports/berlin')
  expect(await (await report).text()).toBe('done')
  await vi.waitFor(() => expect(turns.stats().inUse).toBe(0))
})

test('kitchens, guests, orders, files and readiness wait for nobody', async () => {
  const { ask, begun, end } = await serving({ queue: 0 })
  const page = ask('/menu')
  await vi.waitFor(() => expect(begun()).toEqual(['/menu']))
  const others = [
    '/kitchen/berlin',
    '/api/kitchen/berlin/events',
    '/api/v1/orders',
    '/m/berlin',
    '/_next/static/a.js',
    '/readyz',
  ]
  const answers = others.map((path) => ask(path))
  await vi.waitFor(() => expect(begun()).toEqual(expect.arrayContaining(others)))
  for (const path of ['/menu', ...others]) end(path)
  for (const answer of [page, ...answers]) expect((await answer).status).toBe(200)
})

test('whoever finds the queue full, or waits too long in it, is asked to come back', async () => {
  const { ask, begun } = await serving({ queue: 1, waitMs: 50 })
  void ask('/menu').catch(() => {})
  await vi.waitFor(() => expect(begun()).toEqual(['/menu']))
  const answers = await Promise.all([ask('/recipes'), ask('/overview')])
  for (const answer of answers) {
    expect(answer.status).toBe(503)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  }
  expect(begun()).toEqual(['/menu'])
})

test('the turn of somebody who went away goes to the next', async () => {
  const { turns, ask, begun, end } = await serving()
  const leaving = new AbortController()
  const first = ask('/menu')
  await vi.waitFor(() => expect(begun()).toEqual(['/menu']))
  const gone = ask('/recipes', leaving.signal).catch(() => 'gone')
  await vi.waitFor(() => expect(turns.stats().waiting).toBe(1))
  const last = ask('/overview')
  await vi.waitFor(() => expect(turns.stats().waiting).toBe(2))
  leaving.abort()
  expect(await gone).toBe('gone')
  end('/menu')
  await first
  await vi.waitFor(() => expect(begun()).toContain('/overview'))
  end('/overview')
  await last
  await vi.waitFor(() => expect(turns.stats()).toMatchObject({ inUse: 0, waiting: 0 }))
})

test('a turn is waited for no longer than the request has', async () => {
  const turns = new Gate({ max: 1, queue: 10, waitMs: 600_000 })
  global[TURNS] = turns
  await turns.enter()
  const [answer, refuse] = [vi.fn(), vi.fn()]
  const request = { priority: 'usual', deadline: performance.now() + 20 } as const
  await inTurn({} as ServerResponse, request, answer, refuse)
  expect([answer.mock.calls.length, refuse.mock.calls.length]).toEqual([0, 1])
})
