import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Database, type DatabaseOptions, openDatabase, overloadedCause } from './client'
import { requestContext } from './request-context'
import { testDatabase } from './testing/database'

const held = testDatabase()
/** Longer than any test: nobody is let by. */
const NEVER_MS = 600_000

/** The database by way of a door where each connection waits until it is let in. */
class Door {
  readonly #waiting: Socket[] = []
  readonly #server = createServer((client) => {
    this.#waiting.push(client)
    this.#server.emit('knock')
  })

  async listen(): Promise<string> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening')
    const address = new URL(held.url)
    address.port = String((this.#server.address() as AddressInfo).port)
    return address.href
  }

  async knocks(count: number): Promise<void> {
    while (this.#waiting.length < count) await once(this.#server, 'knock')
  }

  letIn(): void {
    for (const client of this.#waiting.splice(0)) {
      const server = connect(Number(new URL(held.url).port), '127.0.0.1')
      client.pipe(server).pipe(client)
      client.on('error', () => server.destroy())
      server.on('error', () => client.destroy())
    }
  }

  close(): void {
    for (const client of this.#waiting) client.destroy()
    this.#server.close()
  }
}

describe('the line of those who open a connection', () => {
  let door: Door
  let db: Database | undefined
  beforeEach(() => {
    door = new Door()
  })
  afterEach(async () => {
    await db?.close()
    door.close()
  })
  const open = async (options: Partial<DatabaseOptions>) => {
    const opened = openDatabase(await door.listen(), options)
    db = opened
    return {
      ask: async () => {
        await opened.execute(sql`select 1`)
      },
      opened: () => opened.gate.stats().opened,
    }
  }

  test('lets two of eight try at a time', async () => {
    const { ask, opened } = await open({ max: 8, openingMs: NEVER_MS })
    const answers = Promise.all(Array.from({ length: 8 }, ask))
    await door.knocks(2)

    expect(opened()).toBe(2)

    let isAnswered = false
    const all = answers.finally(() => {
      isAnswered = true
    })
    while (!isAnswered) {
      door.letIn()
      await Promise.race([all, door.knocks(1)])
    }
    await all
  })

  test('gives whoever waits in it a connection that came back meanwhile', async () => {
    const { ask, opened } = await open({ max: 3, openings: 1, openingMs: NEVER_MS })
    const [first, ...others] = [ask(), ask(), ask()]
    await door.knocks(1)
    door.letIn()
    await first
    await door.knocks(1)
    door.letIn()
    await Promise.all(others)

    expect(opened()).toBe(2)
  })

  test('lets the next one try while an opening gets no answer', async () => {
    const { ask } = await open({ max: 2, openings: 1, openingMs: 10 })
    const first = ask()
    await door.knocks(1)
    const second = ask()

    await door.knocks(2)

    door.letIn()
    await Promise.all([first, second])
  })

  test('sends away whoever can not wait so long, and says that it was for want of the database', async () => {
    const { ask } = await open({ max: 2, openings: 1, openingMs: NEVER_MS, statementTimeoutMs: 100 })
    const deadline = performance.now() + 50
    const context = { queries: 0, overloaded: false, deadline, isAnswered: () => false }
    const first = ask().catch(() => 'given up')
    const second = requestContext().run(context, ask)
    const [reason] = await Promise.all([second.catch(overloadedCause), door.knocks(1)])

    expect(reason?.retryAfterSeconds).toBe(1)
    expect(context).toMatchObject({ queries: 0, overloaded: true })
    expect(await first).toBe('given up')
  })
})
