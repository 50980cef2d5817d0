import { execFileSync } from 'node:child_process'
import { type AddressInfo, connect, createServer } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { inspect } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  ConnectionLost,
  commitWith,
  openDatabase,
  openSession,
  overloadedCause,
  type Session,
} from './client'
import { countQueries, requestContext } from './request-context'
import { testDatabase } from './testing/database'

const held = testDatabase('migrated', { max: 2, queue: 3, waitMs: 200 })
let killer: Session
beforeAll(async () => {
  killer = await openSession(held.url)
})
afterAll(() => killer.close())

const pidOf = async (db: Pick<typeof held.db, 'execute'>): Promise<number> => {
  const [row] = await db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
  return row?.pid ?? 0
}
const terminate = (pid: number) => killer.query('select pg_terminate_backend($1)', [pid])
const causeOf = (error: unknown): unknown => (error instanceof Error && error.cause) || error

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

describe('the last statements of a transaction', () => {
  const number = sql`select n from numbers`
  const add = (n: number) => sql`update numbers set n = n + ${n}::int returning n`
  const read = async () => (await killer.query<{ n: number }>('select n from numbers'))[0]?.n
  beforeAll(async () => {
    await killer.query('create table numbers (n integer check (n < 100))')
  })
  beforeEach(async () => {
    await killer.query('truncate numbers')
    await killer.query('insert into numbers values (1)')
  })

  test('see what those before them did, and are committed when they are answered', async () => {
    const answers = await held.db.transaction(async (tx) => {
      await tx.execute(add(1))
      return commitWith(tx, [add(2), number, add(3)])
    })
    expect(answers).toEqual([[{ n: 4 }], [{ n: 4 }], [{ n: 7 }]])
    expect(await read()).toBe(7)
  })

  test('are undone with all before them where one fails, and the first failure is told', async () => {
    const failing = held.db.transaction(async (tx) => {
      await tx.execute(add(1))
      await commitWith(tx, [add(2), add(200), sql`select 1 / 0`, add(3)])
    })
    await expect(failing.catch((error) => Promise.reject(causeOf(error)))).rejects.toMatchObject({
      code: '23514',
    })
    expect(await read()).toBe(1)
    expect(await held.db.transaction((tx) => commitWith(tx, [add(2)]))).toEqual([[{ n: 3 }]])
  })

  test('let nothing come after them, and commit nothing inside of a nested transaction', async () => {
    const going = held.db.transaction(async (tx) => {
      const last = commitWith(tx, [add(2)])
      await last
      await tx.execute(add(5))
    })
    await expect(going.catch((error) => Promise.reject(causeOf(error)))).rejects.toThrow('has ended')
    const undone = held.db.transaction(async (tx) => {
      await tx.transaction((inner) => commitWith(inner, [add(10), add(20)]))
      await tx.execute(sql`select 1 / 0`)
    })
    await expect(undone).rejects.toThrow()
    expect(await read()).toBe(3)
    await expect(commitWith(held.db, [add(1)])).rejects.toThrow('no transaction')
  })

  test.each(['and the driver holds the others back', 'and all were sent'])(
    'fail together where the connection dies while the first runs %s',
    async (how) => {
      const one = openDatabase(held.url, { max: 1 })
      const wait = (seconds: number) => sql`select pg_sleep(${seconds}::float8)`
      // What was prepared before is sent at once.
      if (how === 'and all were sent')
        await one.transaction((tx) => commitWith(tx, [wait(0), add(0), number]))
      const dying = one.transaction(async (tx) => {
        const pid = await pidOf(tx)
        const last = commitWith(tx, [wait(30), add(1), number])
        await Promise.all([last, terminate(pid)])
      })
      await expect(dying).rejects.toSatisfy((error) => causeOf(error) instanceof ConnectionLost)
      expect(await one.execute(number)).toEqual([{ n: 1 }])
      await one.close()
    },
  )

  test('hold their locks no longer while this process is busy', async () => {
    const one = openDatabase(held.url, { max: 1 })
    const change = (begun: () => void) =>
      one.transaction((tx) => {
        const last = commitWith(tx, [add(1), number, add(1)])
        begun()
        return last
      })
    // The driver sends a statement that it has not prepared yet alone.
    await change(() => {})
    let changing: Promise<unknown> | undefined
    await new Promise<void>((begun) => {
      changing = change(begun)
    })
    // So much does it take until all are sent.
    for (let turns = 0; turns < 5; turns++) await turn()
    const locker = `
      import postgres from 'postgres'
      const sql = postgres(process.argv[1], { connection: { lock_timeout: 5000 } })
      process.stdout.write(String((await sql\`select n from numbers for update\`)[0].n))
      await sql.end()`
    const seen = execFileSync(process.execPath, ['--input-type=module', '--eval', locker, held.url])
    expect(seen.toString()).toBe('5')
    await changing
    await one.close()
  })
})

describe('a transaction', () => {
  test('refuses a query beside it, which would wait for a second permit while holding one', async () => {
    const failure = held.db.transaction(async () => held.db.execute(sql`select 1`))
    await expect(failure.catch((error) => Promise.reject(causeOf(error)))).rejects.toThrow(
      'through the transaction',
    )
  })

  test('does not report success when a failed statement in it was ignored', async () => {
    const ignoring = held.db.transaction(async (tx) => {
      await tx.execute(sql`select 1 / 0`).catch(() => {})
    })
    await expect(ignoring).rejects.toThrow('rolled back')
  })

  test('goes on after a failed nested one was rolled back to its savepoint', async () => {
    const answer = await held.db.transaction(async (tx) => {
      await tx.transaction(async (inner) => inner.execute(sql`select 1 / 0`)).catch(() => {})
      return tx.execute<{ answer: number }>(sql`select 7 as answer`)
    })
    expect(answer[0]?.answer).toBe(7)
  })

  test('rejects a query that was started in it and not awaited before it ended', async () => {
    let late: (() => Promise<unknown>) | undefined
    await held.db.transaction(async (tx) => {
      late = async () => tx.execute(sql`select 1`)
    })
    await expect(late?.().catch((error) => Promise.reject(causeOf(error)))).rejects.toThrow('has ended')
  })

  test.each(['while it idles', 'while a statement runs'])(
    'whose backend dies %s fails every later call, runs nothing outside and throws nothing uncaught',
    async (moment) => {
      await killer.query('create table if not exists witness (id integer)')
      const escaped: unknown[] = []
      const collect = (error: unknown) => escaped.push(error)
      process.on('uncaughtException', collect)
      try {
        const failures: unknown[] = []
        const transaction = held.db.transaction(async (tx) => {
          const pid = await pidOf(tx)
          const running = moment === 'while it idles' ? [] : [tx.execute(sql`select pg_sleep(30)`)]
          await Promise.all([...running, terminate(pid)]).catch((error) => failures.push(causeOf(error)))
          for (let call = 0; call < 3; call++) {
            await tx
              .execute(sql`insert into witness values (1)`)
              .catch((error) => failures.push(causeOf(error)))
          }
        })
        await expect(transaction).rejects.toBeInstanceOf(ConnectionLost)
        expect(failures.length).toBeGreaterThanOrEqual(3)
        for (const failure of failures) expect(failure).toBeInstanceOf(ConnectionLost)
        expect(await killer.query('select * from witness')).toEqual([])
        await expect(pidOf(held.db)).resolves.toBeGreaterThan(0)
        expect(escaped).toEqual([])
      } finally {
        process.off('uncaughtException', collect)
      }
    },
  )
})

test('an answer is kept by nobody but whoever asked', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const answers: WeakRef<object>[] = []
  for (let asked = 0; asked < 20; asked++) answers.push(new WeakRef(await held.db.execute(sql`select 1`)))
  await vi.waitFor(() => {
    collect()
    // The driver may remember the last one.
    expect(answers.filter((answer) => answer.deref()).length).toBeLessThan(3)
  })
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
