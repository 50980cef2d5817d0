import { AsyncLocalStorage } from 'node:async_hooks'
import { type AddressInfo, connect, createServer } from 'node:net'
import { inspect } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ConnectionLost, openDatabase, openSession, overloadedCause, type Session } from './client'
import { countQueries, requestContext } from './request-context'
import { causeOf, pidOf } from './testing/connections'
import { testDatabase } from './testing/database'

const held = testDatabase('migrated', { max: 2, queue: 3, waitMs: 200 })
let killer: Session
beforeAll(async () => {
  killer = await openSession(held.url)
})
afterAll(() => killer.close())

const terminate = (pid: number) => killer.query('select pg_terminate_backend($1)', [pid])

/** The same database by way of a proxy that writes down what is sent to it, and lets nobody through before `mayPass`. */
async function listening(to: string, mayPass: () => Promise<void> = async () => {}) {
  let sent = ''
  const target = new URL(to)
  const proxy = createServer(async (client) => {
    await mayPass()
    const server = connect(Number(target.port), target.hostname)
    client.on('data', (bytes) => {
      sent += bytes.toString('latin1')
    })
    client.pipe(server).pipe(client)
    client.on('error', () => server.destroy())
    server.on('error', () => client.destroy())
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const url = new URL(to)
  url.port = String((proxy.address() as AddressInfo).port)
  return { url: url.href, sent: () => sent, close: () => proxy.close() }
}

/** The same database by way of a proxy that ends each connection at the `nth` thing that is sent on it. */
async function cutting(to: string, nth: number) {
  const target = new URL(to)
  const proxy = createServer((client) => {
    const server = connect(Number(target.port), target.hostname)
    let sent = 0
    client.on('data', (bytes) => {
      if (++sent < nth) return server.write(bytes)
      server.destroy()
      return client.destroy()
    })
    server.pipe(client)
    client.on('error', () => server.destroy())
    server.on('error', () => client.destroy())
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const url = new URL(to)
  url.port = String((proxy.address() as AddressInfo).port)
  return { url: url.href, close: () => proxy.close() }
}

describe('a database behind its gate', () => {
  test('refuses a query that is not admitted with a typed error and serves again afterwards', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 12 }, () => held.db.execute(sql`select pg_sleep(0.4)`)),
    )
    const refused = results.filter((result) => result.status === 'rejected')
    expect(refused.length).toBeGreaterThan(0)
    for (const { reason } of refused) expect(overloadedCause(reason)?.retryAfterSeconds).toBe(1)
    await expect(pidOf(held.db)).resolves.toBeGreaterThan(0)
    expect(held.db.gate.stats()).toMatchObject({ inUse: 0, waiting: 0 })
  })

  test('opens no more connections than permits, whatever is asked', async () => {
    await Promise.allSettled(Array.from({ length: 5 }, () => pidOf(held.db)))
    const [row] = await killer.query<{ open: string }>(
      `select count(*) as open from pg_stat_activity where datname = current_database() and application_name = 'brigade'`,
    )
    expect(Number(row?.open)).toBeLessThanOrEqual(2)
  })

  test('counts the statements of one request apart from those of others', async () => {
    const [one, two] = await Promise.all([
      countQueries(() => pidOf(held.db)),
      countQueries(async () => {
        await pidOf(held.db)
        await held.db.transaction(async (tx) => pidOf(tx))
      }),
    ])
    expect(one.queries).toBe(1)
    expect(two.queries).toBe(4)
  })
})

/** What collects, right then, all that nobody can reach any more. */
function collector() {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
}

test('an answer is kept by nobody but whoever asked', async () => {
  const collect = collector()
  const answers: WeakRef<object>[] = []
  for (let asked = 0; asked < 20; asked++) answers.push(new WeakRef(await held.db.execute(sql`select 1`)))
  await vi.waitFor(() => {
    collect()
    // The driver may remember the last one.
    expect(answers.filter((answer) => answer.deref()).length).toBeLessThan(3)
  })
})

test('a connection keeps nothing of the requests that it was opened for and used by', async () => {
  const collect = collector()
  const db = openDatabase(held.url, { max: 2, queue: 9 })
  const page = new AsyncLocalStorage<object>()
  const ask = async () => {
    const rendered = { queries: 0, overloaded: false }
    await page.run(rendered, () => requestContext().run(rendered, () => Promise.all([pidOf(db), pidOf(db)])))
    return new WeakRef(rendered)
  }
  const requests = [await ask(), await ask(), await ask()]
  await vi.waitFor(() => {
    collect()
    // How many: an assertion that failed keeps what it was about.
    expect(requests.filter((request) => request.deref()).length).toBe(0)
  })
  expect(db.gate.stats()).toMatchObject({ opened: 2, idle: 2 })
  await db.close()
})

test('a failed query tells its text but none of its parameters, which may be secret', async () => {
  const failing = held.db.execute(sql`select ${'a secret token'} from nowhere`)
  const logged = inspect(await failing.catch((error: unknown) => error), { depth: 9 })
  expect(logged).toContain('Failed query: select $1 from nowhere')
  expect(logged).not.toContain('a secret token')
})

test('a server that is frozen is given up after its time limit, and the permit comes back', async () => {
  const frozen = openDatabase(held.url, { max: 1, statementTimeoutMs: 0, pooled: true })
  await expect(frozen.execute(sql`select pg_sleep(60)`).catch(causeOf)).resolves.toBeInstanceOf(
    ConnectionLost,
  )
  await expect(pidOf(frozen)).resolves.toBeGreaterThan(0)
  expect(frozen.gate.stats()).toMatchObject({ inUse: 0, lost: 1 })
  await frozen.close()
})

test('a server that is frozen is given up sooner by whoever stood in line for it', async () => {
  const frozen = openDatabase(held.url, { max: 1, statementTimeoutMs: 1000, waitMs: 10_000, pooled: true })
  const sleep = () =>
    frozen.execute(sql`select pg_sleep(60)`).then(
      () => 'woke',
      (error: unknown) => causeOf(error),
    )
  const ends: number[] = []
  const startedAt = performance.now()
  await Promise.all(
    [sleep(), sleep()].map(async (slept) => {
      expect(await slept).toBeInstanceOf(ConnectionLost)
      ends.push(performance.now() - startedAt)
    }),
  )
  const [first = 0, second = 0] = ends
  expect(second - first, 'the second waits for less than the first did').toBeLessThan(first)
  await frozen.close()
})

test('a request knows that the database could not serve it just now, and of a mistake it does not say so', async () => {
  const isBusy = async (db: typeof held.db, statement: SQL) => {
    const context = { queries: 0, overloaded: false }
    await expect(requestContext().run(context, async () => await db.execute(statement))).rejects.toThrow(
      'Failed query',
    )
    return context.overloaded
  }
  const hurried = openDatabase(held.url, { max: 1, statementTimeoutMs: 100 })
  const nowhere = openDatabase('postgres://nobody@127.0.0.1:1/none', { max: 1 })
  expect(await isBusy(hurried, sql`select pg_sleep(30)`)).toBe(true)
  expect(await isBusy(nowhere, sql`select 1`)).toBe(true)
  expect(await isBusy(hurried, sql`select 1 / 0`)).toBe(false)
  await hurried.close()
  await nowhere.close()
})

test.each([1, 2, 3])(
  'a connection that is cut as it sends its %i. message is an error, which somebody catches',
  async (nth) => {
    const uncaught = vi.fn()
    process.on('unhandledRejection', uncaught)
    const { url, close } = await cutting(held.url, nth)
    const db = openDatabase(url, { max: 1 })
    await expect(db.execute(sql`select ${1}::int as one`).catch(causeOf)).resolves.toBeInstanceOf(
      ConnectionLost,
    )
    await expect(openSession(url).then((session) => session.query('select $1::int', [1]))).rejects.toThrow()
    // Node tells of what nobody caught once everything else that is due was done.
    await new Promise((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', uncaught)
    expect(uncaught).not.toHaveBeenCalled()
    expect(db.gate.stats()).toMatchObject({ inUse: 0, opened: 1 })
    await db.close()
    close()
  },
)

test('the time that a connection takes to open is not that of the statement it is opened for', async () => {
  let knock = () => {}
  let open = () => {}
  const knocked = new Promise<void>((resolve) => {
    knock = resolve
  })
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const { url, close } = await listening(held.url, () => {
    knock()
    return opened
  })
  const started: string[] = []
  const db = openDatabase(url, { max: 1, onStatement: (text) => started.push(text) })
  const answer = pidOf(db)
  await knocked
  expect({ started, queries: db.gate.stats().queries }).toEqual({ started: [], queries: 0 })
  open()
  await expect(answer).resolves.toBeGreaterThan(0)
  expect({ started, queries: db.gate.stats().queries }).toEqual({
    started: ['select pg_backend_pid() as pid'],
    queries: 1,
  })
  await db.close()
  close()
})

test('an unreachable server is an error each time, and the permits come back', async () => {
  const nowhere = openDatabase('postgres://nobody@127.0.0.1:1/none', { max: 2 })
  const results = await Promise.allSettled(Array.from({ length: 6 }, () => nowhere.execute(sql`select 1`)))
  for (const result of results) {
    expect(result.status === 'rejected' && causeOf(result.reason)).toBeInstanceOf(ConnectionLost)
  }
  expect(nowhere.gate.stats()).toMatchObject({ inUse: 0, waiting: 0 })
  await nowhere.close()
})

test('of an address with several servers the first that is there is asked', async () => {
  const { host } = new URL(held.url)
  const several = held.url.replace(host, `127.0.0.1:1,${host}`)

  const session = await openSession(several)

  expect(await session.query('select 1 as one')).toEqual([{ one: 1 }])
  await session.close()
})

test('a session hears notifications and tells when its connection ends', async () => {
  const session = await openSession(held.url)
  const heard = new Promise<string>((resolve) => session.listen('kitchen', resolve))
  const ended = new Promise<void>((resolve) => session.onClose(resolve))
  await session.query('select 1')
  await killer.query(`select pg_notify('kitchen', 'seven')`)
  expect(await heard).toBe('seven')
  const [row] = await session.query<{ pid: number }>('select pg_backend_pid() as pid')
  await terminate(row?.pid ?? 0)
  await ended
  await expect(session.query('select 1')).rejects.toBeInstanceOf(ConnectionLost)
})
