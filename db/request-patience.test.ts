import { type AddressInfo, createServer, type Socket } from 'node:net'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ConnectionLost, type Database, Overloaded, openDatabase } from './client'
import { patienceMs } from './patience'
import { type RequestContext, requestContext } from './request-context'

/** Takes connections and never says a word, as a server that is frozen. */
const silent = createServer((socket) => {
  sockets.push(socket)
})
const sockets: Socket[] = []
let db: Database

beforeEach(async () => {
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  db = openDatabase(nowhere(), { max: 1, statementTimeoutMs: 0 })
})
afterEach(async () => {
  await db.close()
  for (const socket of sockets.splice(0)) socket.destroy()
  await new Promise((resolve) => silent.close(resolve))
})

const askOf = (asked: Database): Promise<unknown> =>
  asked.execute(sql`select 1`).then(
    () => 'answered',
    (error: Error) => error.cause,
  )
const ask = (context: RequestContext): Promise<unknown> => requestContext().run(context, () => askOf(db))
const nowhere = () => `postgres://nobody@127.0.0.1:${(silent.address() as AddressInfo).port}/none`
const request = (about: Partial<RequestContext> = {}): RequestContext => ({
  queries: 0,
  overloaded: false,
  priority: 'kitchen',
  deadline: performance.now() + 300,
  isAnswered: () => false,
  ...about,
})

test('a request that waited in vain for a frozen server is not made to wait for it once more', async () => {
  const page = request()
  expect(await ask(page)).toBeInstanceOf(ConnectionLost)
  const { opened, refused } = db.gate.stats()
  const again = await ask(page)
  expect(again).toBeInstanceOf(Overloaded)
  expect(again).toMatchObject({ retryAfterSeconds: 1 })
  expect(db.gate.stats(), 'it did not even stand in line').toMatchObject({ opened, refused, inUse: 0 })
})

test('another request still tries', async () => {
  expect(await ask(request())).toBeInstanceOf(ConnectionLost)
  expect(await ask(request())).toBeInstanceOf(ConnectionLost)
  expect(db.gate.stats().opened).toBe(2)
})

test('a request whose time is not over tries again', async () => {
  expect(await ask(request({ overloaded: true, deadline: performance.now() + 60_000 }))).toBeInstanceOf(
    ConnectionLost,
  )
  expect(db.gate.stats().opened).toBe(1)
})

test('what a request leaves running after its answer has begun tries for as long as it likes', async () => {
  const stream = request({ overloaded: true, deadline: Number.NEGATIVE_INFINITY, isAnswered: () => true })
  expect(await ask(stream)).toBeInstanceOf(ConnectionLost)
  expect(await ask(stream)).toBeInstanceOf(ConnectionLost)
  expect(db.gate.stats().opened).toBe(2)
})

test('a slow request that met no trouble may ask as much as it likes', async () => {
  const page = request({ priority: 'usual', deadline: Number.NEGATIVE_INFINITY })
  expect(await ask(page)).toBeInstanceOf(ConnectionLost)
})

test('whoever stands in line is sent away when the time of the whole request is over', async () => {
  const patient = openDatabase(nowhere(), { max: 1, waitMs: 600_000, statementTimeoutMs: 2000 })
  const first = requestContext().run(request({ deadline: performance.now() + 60_000 }), () => askOf(patient))
  const page = request({ priority: 'usual', deadline: performance.now() + 50 })
  const second = requestContext().run(page, () => askOf(patient))
  await expect(second).resolves.toBeInstanceOf(Overloaded)
  expect(page.overloaded).toBe(true)
  expect(patient.gate.stats(), 'the first still tries').toMatchObject({ inUse: 1 })
  await patient.close()
  await first
})

test('a kitchen stands in line for as long as its request has, however soon others are sent away', async () => {
  const hurried = openDatabase(nowhere(), { max: 1, waitMs: 1 })
  const deadline = performance.now() + 60_000
  const first = requestContext().run(request({ deadline }), () => askOf(hurried))
  const order = requestContext().run(request({ deadline }), () => askOf(hurried))
  const page = requestContext().run(request({ priority: 'usual', deadline }), () => askOf(hurried))
  await expect(page).resolves.toBeInstanceOf(Overloaded)
  expect(hurried.gate.stats()).toMatchObject({ inUse: 1, waiting: 1 })
  for (const socket of sockets.splice(0)) socket.destroy()
  await expect(first).resolves.toBeInstanceOf(ConnectionLost)
  await hurried.close()
  await expect(order, 'its turn came').resolves.toBeInstanceOf(ConnectionLost)
})

test('a statement has what is left of its request, a third of its own time if the database did answer so far', () => {
  const now = performance.now()
  const patience = (context: RequestContext | undefined, askedAt = now) =>
    patienceMs({ wholeMs: 6000, askedAt, context })
  const within = (ms: number) => expect.closeTo(ms, -2)
  expect(patience(undefined)).toEqual(within(6000))
  expect(patience(undefined, now - 1000), 'what was waited for a connection counts').toEqual(within(5000))
  expect(patience(request({ deadline: now + 60_000 }))).toBe(6000)
  expect(patience(request({ deadline: now + 4000 }), now - 60_000)).toEqual(within(4000))
  expect(patience(request({ deadline: now - 1000, priority: 'usual' }))).toBe(2000)
  expect(patience(request({ deadline: now + 1000, overloaded: true }))).toEqual(within(1000))
  expect(patience(request({ deadline: now - 1000, isAnswered: () => true }))).toEqual(within(6000))
})

test('a statement of a kitchen has less time the later its request is, down to a moment', () => {
  const late = (ms: number) =>
    patienceMs({
      wholeMs: 6000,
      askedAt: performance.now(),
      context: request({ deadline: performance.now() - ms }),
    })
  expect(late(0)).toEqual(expect.closeTo(2000, -2))
  expect(late(1000)).toEqual(expect.closeTo(1000, -2))
  expect(late(5000), 'a moment, in which a busy process reads what came').toBe(500)
})
