import type { AsyncLocalStorage } from 'node:async_hooks'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createRequestListener } from '../serve/listener.mjs'
import { openLog, takeOverConsole } from '../serve/log.mjs'
import { inWords } from '../serve/log-words.mjs'
import { requestLines } from '../serve/request-line.mjs'
import { scrub } from '../serve/scrub.mjs'

type Event = Record<string, unknown> & { level: string; msg: string }
type Context = { queries: number; gateMs: number }

const restore: (() => void)[] = []
afterEach(() => {
  for (const each of restore.splice(0)) each()
})

/** A log that keeps its lines, with the console led into it. */
function keptLog(level = 'info') {
  const lines: string[] = []
  const settings = { level, words: false, requests: true }
  const log = openLog(settings, { write: (line: string) => void lines.push(line) })
  restore.push(takeOverConsole(log))
  return { log, lines, events: () => lines.map((line) => JSON.parse(line) as Event) }
}

async function serving(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  options: object,
): Promise<string> {
  const server = createServer(createRequestListener({ handle, ...options }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  restore.push(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const context = () =>
  (
    (globalThis as unknown as Record<symbol, unknown>)[
      Symbol.for('brigade.request')
    ] as AsyncLocalStorage<Context>
  ).getStore() as Context

/** What must not be found in any line, each where people and programs send such things. */
const SECRETS = {
  session: 'c2Vzc2lvbi10b2tlbg.c2lnbmF0dXJl',
  key: `brg_7_${'K'.repeat(43)}`,
  password: 'correct-horse-battery',
  email: 'anna.kowalska@example.com',
  invite: 'aW52aXRlLXRva2Vu',
}

describe('a request with secrets in its cookie, its headers, its address and its body', () => {
  const ask = async (url: string) => {
    await fetch(`${url}/invite/${SECRETS.invite}?password=${SECRETS.password}&email=${SECRETS.email}`, {
      method: 'POST',
      headers: {
        cookie: `brigade_session=${SECRETS.session}; theme=dark`,
        authorization: `Bearer ${SECRETS.key}`,
      },
      body: JSON.stringify({ password: SECRETS.password, email: SECRETS.email }),
    })
  }

  test('leaves one line, of its pattern, without any of them', async () => {
    const { log, lines, events } = keptLog()
    const url = await serving(
      async (_request, response) => {
        Object.assign(context(), { queries: 3, gateMs: 1.25 })
        response.end('{}')
      },
      { observers: [requestLines(log)], routeOf: () => '/invite/[token]' },
    )
    await ask(url)
    await vi.waitFor(() => expect(lines).toHaveLength(1))
    expect(events()[0]).toMatchObject({
      level: 'info',
      msg: 'request',
      requestId: expect.stringMatching(/^[0-9a-f]{12}$/),
      method: 'POST',
      route: '/invite/[token]',
      status: 200,
      queries: 3,
      gateMs: 1.3,
      ms: expect.any(Number),
      bytes: expect.any(Number),
    })
    expect(events()[0]?.bytes).toBeGreaterThan(50)
    for (const secret of Object.values(SECRETS)) expect(lines.join()).not.toContain(secret)
  })

  test('leaves none of them in what is said of its failure, which has the id of its line', async () => {
    const { log, lines, events } = keptLog()
    const url = await serving(
      async (request) => {
        let body = ''
        for await (const piece of request) body += piece
        const cause = Object.assign(new Error(`no ${request.headers.authorization}`), {
          detail: `Failing row contains (${SECRETS.password})`,
          parameters: [SECRETS.password],
        })
        console.warn(`Odd: ${request.url} with ${request.headers.cookie}`, {
          email: SECRETS.email,
          token: 'x',
        })
        console.error(' ⨯ Headers', { ...request.headers })
        throw new Error(`Can not read ${request.url} of ${body}`, { cause })
      },
      { observers: [requestLines(log)], routeOf: () => '/invite/[token]' },
    )
    await ask(url)
    await vi.waitFor(() => expect(lines).toHaveLength(4))
    for (const secret of Object.values(SECRETS)) expect(lines.join()).not.toContain(secret)
    expect(new Set(events().map(({ requestId }) => requestId)).size).toBe(1)
    const failure = events().find(({ err }) => err)
    expect(failure).toMatchObject({
      level: 'error',
      msg: 'A request failed',
      err: { type: 'Error', stack: expect.stringContaining('serve-log.test'), cause: { type: 'Error' } },
    })
    expect(events().at(-1)).toMatchObject({ level: 'warn', status: 500 })
  })
})

test.each([
  [`mail ${SECRETS.email}.`, 'mail [e-mail].'],
  ['postgres://brigade:geheim@db.example:5432/x', 'postgres://[hidden]@db.example:5432/x'],
  [`Bearer ${SECRETS.key}, then`, 'Bearer [hidden], then'],
  [`key ${SECRETS.key}`, 'key [hidden]'],
  ['__Host-brigade_session=abc.def; x=1', '__Host-brigade_session=[hidden]; x=1'],
  ['{"newPassword":"hunter2","page":2}', '{"newPassword":"[hidden]","page":2}'],
  ['{\\"password\\":\\"hunter2\\"}', '{\\"password\\":\\"[hidden]\\"}'],
  ['/invite/abc-def?x', '/invite/[hidden]?x'],
  ['/orders/berlin took 12 ms', '/orders/berlin took 12 ms'],
])('%j is kept as %j', (text, kept) => {
  expect(scrub(text)).toBe(kept)
})

describe('the log', () => {
  test('has what is said through the console, with fields and errors apart, from its level on', () => {
    const { events } = keptLog('warn')
    console.info('not of interest')
    console.warn('The walls wait for %s:', 'the database', new Error('away'), { walls: 3 })
    expect(events()).toMatchObject([
      { level: 'warn', msg: 'The walls wait for the database', walls: 3, err: { message: 'away' } },
    ])
  })

  test('gives the console back', () => {
    const { log, lines } = keptLog()
    for (const each of restore.splice(0)) each()
    const before = console.info
    takeOverConsole(log)()
    expect(console.info).toBe(before)
    expect(lines).toEqual([])
  })

  test('says files of the build to whoever looks closely, and what failed aloud', () => {
    const { log, events } = keptLog('debug')
    const answered = { id: 'abcd', method: 'GET', ms: 1, bytes: 1, queries: 0, gateMs: 0, isStream: false }
    const say = requestLines(log)
    say({ ...answered, route: 'static', status: 200, isComplete: true })
    say({ ...answered, route: '/menu', status: 503, isComplete: false })
    expect(events()).toMatchObject([{ level: 'debug' }, { level: 'warn', brokenOff: true }])
  })

  test('in a terminal reads as words, with its fields and the whole of an error', () => {
    const time = new Date(2026, 0, 2, 3, 4, 5).toISOString()
    expect(inWords({ level: 'info', time, pid: 7, msg: 'A web process serves.', worker: 8 })).toBe(
      '03:04:05  A web process serves.  (worker=8)',
    )
    const err = { type: 'Error', message: 'x', stack: 'Error: x\n    at y', cause: { stack: 'Error: z' } }
    expect(inWords({ level: 'error', time, pid: 7, msg: 'It broke', err, requestId: 'abcd' })).toBe(
      '03:04:05 error  It broke  (request abcd)\nError: x\n    at y\ncaused by Error: z',
    )
  })
})
