import { execFileSync } from 'node:child_process'
import { setImmediate as turn } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  ConnectionLost,
  commitWith,
  type Db,
  notifyAfterCommit,
  openDatabase,
  openSession,
  type Session,
} from './client'
import { causeOf, pidOf } from './testing/connections'
import { testDatabase } from './testing/database'

const held = testDatabase('migrated', { max: 2, queue: 3, waitMs: 200 })
let killer: Session
beforeAll(async () => {
  killer = await openSession(held.url)
})
afterAll(() => killer.close())

const terminate = (pid: number) => killer.query('select pg_terminate_backend($1)', [pid])

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

describe('what is told after a transaction', () => {
  const heard: string[] = []
  let listener: Session
  beforeAll(async () => {
    listener = await openSession(held.url)
    await listener.listen('news', (payload) => heard.push(payload))
  })
  beforeEach(() => {
    heard.length = 0
  })
  afterAll(() => listener.close())
  /** What was told before this is heard before it. */
  const heardSoFar = async () => {
    await listener.query(`select pg_notify('news', 'that was all')`)
    return heard
  }

  test.each([
    ['with its last statements', (tx: Db) => commitWith(tx, [sql`select 1 as one`])],
    ['by itself', (tx: Db) => tx.execute(sql`select 1 as one`)],
  ])('is told behind the commit that comes %s, in a transaction of its own', async (_, work) => {
    const sent: string[] = []
    const one = openDatabase(held.url, { max: 1, onStatement: (text) => sent.push(text.trim()) })
    await one.transaction(async (tx) => {
      notifyAfterCommit(tx, 'news', 'one')
      await tx.transaction(async (inner) => notifyAfterCommit(inner, 'news', 'two'))
      expect(await heardSoFar()).toEqual(['that was all'])
      await work(tx)
    })
    expect(await heardSoFar()).toEqual(['that was all', 'one', 'two', 'that was all'])
    expect(sent.slice(-3)).toEqual(['select 1 as one', 'commit', expect.stringMatching(/^select pg_notify/)])
    await one.close()
  })

  test('is told to nobody where it was undone, and takes no statement where there is nothing', async () => {
    await expect(
      held.db.transaction(async (tx) => {
        notifyAfterCommit(tx, 'news', 'never')
        await tx.execute(sql`select 1 / 0`)
      }),
    ).rejects.toThrow()
    const before = held.db.gate.stats().queries
    await held.db.transaction((tx) => tx.execute(sql`select 1`))
    expect(held.db.gate.stats().queries - before).toBe(3)
    expect(await heardSoFar()).toEqual(['that was all'])
    expect(() => notifyAfterCommit(held.db, 'news', 'never')).toThrow('no transaction')
  })

  test('leaves the transaction done where it could not be told', async () => {
    const witness = sql`select count(*)::int as count from untold`
    await killer.query('create table untold ()')
    // Longer than a payload may be.
    await held.db.transaction(async (tx) => {
      notifyAfterCommit(tx, 'news', 'x'.repeat(8000))
      await commitWith(tx, [sql`insert into untold default values`])
    })
    expect(await held.db.execute(witness)).toEqual([{ count: 1 }])
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
