import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { frame, type LiveDay } from '@/app/_server/live/messages'
import type { WallChanges } from '@/domain/live'
import type { WallSettings, WallTicket } from '@/domain/wall'
import { createLiveStore, type LiveInitial, type LiveStore } from './live-store'

type Answer = (response: ServerResponse, request: IncomingMessage) => void

const AT = 1_000_000
const ticket = (id: string) => ({ id, items: [] }) as unknown as WallTicket
const settings = { name: 'Here' } as WallSettings
const initial: LiveInitial = {
  seq: 7,
  at: AT,
  tickets: [ticket('a')],
  off: [],
  settings,
  day: { revenue: 1 } as LiveDay,
}
const changes = (change: Partial<WallChanges>): WallChanges => ({
  since: 7,
  seq: 8,
  at: AT + 1000,
  events: [{ seq: 8, n: 0, kind: 'placed', orderId: 'b' }],
  tickets: [ticket('b')],
  gone: [],
  ...change,
})

let server: Server
/** How the next connections are answered; the last answer is given again and again. */
let answers: Answer[]
/** The numbers that the store said it knows. */
let asked: (string | undefined)[]
let store: LiveStore
let stop = () => {}

beforeEach(async () => {
  asked = []
  server = createServer((request, response) => {
    asked.push(request.headers['last-event-id'] as string | undefined)
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    answer?.(response, request)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => {
  stop()
  server.closeAllConnections()
  server.close()
})

function start(...given: Answer[]): void {
  answers = given
  store = createLiveStore(`http://127.0.0.1:${(server.address() as AddressInfo).port}/events`, initial)
  stop = store.start()
}

const send =
  (...frames: Uint8Array[]): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const bytes of frames) response.write(bytes)
  }
const refuse =
  (status: number, headers = {}): Answer =>
  (response) =>
    response.writeHead(status, headers).end()
const silent: Answer = (response) => response.writeHead(200).flushHeaders()

const ids = () => store.getState().tickets.map(({ id }) => id)
const until = (isSo: () => void) => vi.waitFor(isSo, { timeout: 10_000, interval: 10 })

describe('a wall', () => {
  test('begins with its page, says what it knows, and takes over what is new', async () => {
    start(send(frame('changes', changes({}), 8), frame('beat', { seq: 8, at: AT + 2000 })))
    expect(store.getState()).toMatchObject({ seq: 7, lastContact: AT, connection: 'connecting' })
    await until(() => expect(store.getState()).toMatchObject({ lastContact: AT + 2000, connection: 'live' }))
    expect(asked).toEqual(['7'])
    expect(ids()).toEqual(['a', 'b'])
    expect(store.getState().events).toEqual([{ seq: 8, n: 0, kind: 'placed', orderId: 'b' }])
  })

  test('comes back from what it knows when its connection breaks, with its tickets', async () => {
    start((response, request) => {
      send(frame('changes', changes({}), 8))(response, request)
      setImmediate(() => response.destroy())
    }, silent)
    await until(() => expect(asked).toEqual(['7', '8']))
    expect(store.getState().connection).toBe('lost')
    expect(ids()).toEqual(['a', 'b'])
  })

  test('does not believe a beat of a number that it does not know, and asks again', async () => {
    start(send(frame('beat', { seq: 9, at: AT + 5000 })), silent)
    await until(() => expect(asked).toEqual(['7', '7']))
    expect(store.getState().lastContact).toBe(AT)
  })

  test('asks again when changes begin after what it knows', async () => {
    start(send(frame('changes', changes({ since: 8, seq: 9 }), 9)), silent)
    await until(() => expect(asked).toEqual(['7', '7']))
    expect(store.getState()).toMatchObject({ seq: 7, lastContact: AT })
  })

  test('understands messages however they are cut into pieces', async () => {
    const bytes = frame('changes', changes({ tickets: [ticket('Crème brûlée 🍮')] }), 8)
    start((response) => {
      response.writeHead(200)
      let at = 0
      const next = () => {
        if (at < bytes.length) response.write(bytes.slice(at, ++at), () => setImmediate(next))
      }
      next()
    })
    await until(() => expect(ids()).toContain('Crème brûlée 🍮'))
  })

  test('that is signed out says so and keeps its tickets', async () => {
    start(refuse(401))
    await until(() => expect(store.getState().connection).toBe('signed_out'))
    expect(ids()).toEqual(['a'])
  })

  test('whose screen is revoked while it is connected says so', async () => {
    start(send(frame('beat', { seq: 7, at: AT + 1 }), frame('closed', { reason: 'revoked' })))
    await until(() => expect(store.getState().connection).toBe('signed_out'))
  })

  test('of a restaurant that is not theirs says so', async () => {
    start(refuse(404))
    await until(() => expect(store.getState().connection).toBe('not_found'))
  })

  test('waits as long as a busy server asks for, unless somebody is in a hurry', async () => {
    start(refuse(503, { 'retry-after': '3600' }), send(frame('beat', { seq: 7, at: AT + 1 })))
    await until(() => expect(asked).toHaveLength(1))
    await until(() => {
      store.retryNow()
      expect(store.getState().connection).toBe('live')
    })
  })

  test('comes back at once from a server that restarts', async () => {
    start(send(frame('closed', { reason: 'restarting' })), send(frame('beat', { seq: 7, at: AT + 1 })))
    await until(() => expect(store.getState().connection).toBe('live'))
  })

  test('takes over its page rendered anew only while it hears nothing', async () => {
    start(silent)
    store.offer({ ...initial, seq: 9, at: AT + 1, tickets: [ticket('c')] })
    expect(ids()).toEqual(['c'])
    stop()
    start(send(frame('beat', { seq: 7, at: AT + 1 })))
    await until(() => expect(store.getState().connection).toBe('live'))
    store.offer({ ...initial, seq: 9, at: AT + 9, tickets: [ticket('c')] })
    expect(ids()).toEqual(['a'])
  })
})
