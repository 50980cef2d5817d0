import { type AddressInfo, createServer, type Socket } from 'node:net'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ConnectionLost, type Database, Overloaded, openDatabase } from './client'
import { type RequestContext, requestContext } from './request-context'

/** Takes connections and never says a word, as a server that is frozen. */
const silent = createServer((socket) => {
  sockets.push(socket)
})
const sockets: Socket[] = []
let db: Database

beforeEach(async () => {
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as AddressInfo
  db = openDatabase(`postgres://nobody@127.0.0.1:${port}/none`, { max: 1, statementTimeoutMs: 0 })
})
afterEach(async () => {
  await db.close()
  for (const socket of sockets.splice(0)) socket.destroy()
  await new Promise((resolve) => silent.close(resolve))
})

const ask = (context: RequestContext): Promise<unknown> =>
  requestContext().run(context, () =>
    db.execute(sql`select 1`).then(
      () => 'answered',
      (error: Error) => error.cause,
    ),
  )
const request = (about: Partial<RequestContext> = {}): RequestContext => ({
  queries: 0,
  overloaded: false,
  priority: 'kitchen',
  startedAt: performance.now(),
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
  expect(await ask(request({ overloaded: true }))).toBeInstanceOf(ConnectionLost)
  expect(db.gate.stats().opened).toBe(1)
})

test('what a request leaves running after its answer has begun tries for as long as it likes', async () => {
  const stream = request({ overloaded: true, startedAt: Number.NEGATIVE_INFINITY, isAnswered: () => true })
  expect(await ask(stream)).toBeInstanceOf(ConnectionLost)
  expect(await ask(stream)).toBeInstanceOf(ConnectionLost)
  expect(db.gate.stats().opened).toBe(2)
})

test('a slow request that met no trouble may ask as much as it likes', async () => {
  expect(await ask(request({ startedAt: Number.NEGATIVE_INFINITY }))).toBeInstanceOf(ConnectionLost)
})
