import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { openDatabase, openSession, overloadedCause } from '@/db/client'
import { placeOrder } from '@/db/mutations/order-placement'
import { applyMove } from '@/db/mutations/wall-moves'
import type { Viewer } from '@/db/queries/viewers'
import { takeWall } from '@/db/queries/wall'
import { requestContext } from '@/db/request-context'
import { testDatabase } from '@/db/testing/database'
import { addChain, addKitchen, DISHES, type KitchenScope } from '@/db/testing/kitchen'
import { addSession } from '@/db/testing/people'
import { type LiveEvent, readEvents } from '../../(staff)/kitchen/[restaurant]/read-events'
import { type Listener, startListener } from '../listener'
import { Hub } from './hub'
import { LiveStream } from './stream'

const statements: string[] = []
const database = testDatabase('migrated', { onStatement: (text) => statements.push(text) })
const reads = () => statements.filter((text) => text.includes('news as materialized')).length

let scope: KitchenScope
let hub: Hub
let listener: Listener | undefined
let keys = 0

beforeAll(async () => {
  await addChain(database.db)
  await database.db.execute(sql`update users set role = 'admin'`)
})
beforeEach(async () => {
  scope = await addKitchen(database.db)
  hub = new Hub(database.db)
  statements.length = 0
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})
afterEach(async () => {
  hub.close()
  await listener?.stop()
  listener = undefined
})

function listen(): Promise<void> {
  const { subscriber } = hub
  return new Promise((connected) => {
    const onConnect: typeof subscriber.onConnect = async (session, away) => {
      await subscriber.onConnect(session, away)
      connected()
    }
    listener = startListener(database.url, [{ ...subscriber, onConnect }])
  })
}

async function place(note = ''): Promise<string> {
  const lines = [{ menuItemId: DISHES.water.id, quantity: 1, specialRequests: note }]
  const order = { channel: 'dine_in', placeOrName: '', specialInstructions: '', lines } as const
  const placed = await placeOrder(database.db, scope, order as never, { idempotencyKey: `hub-${++keys}` })
  if (!placed.ok) throw new Error(placed.reason)
  return placed.orderId
}

const bump = (orderId: string) =>
  applyMove(database.db, scope, { id: uuidv7(), move: { do: 'bump', orderId, from: 'confirmed' } })

const viewer = async (): Promise<Viewer> => ({ scope, sessionToken: await addSession(database.db, 1) })

type Screen = {
  viewer: Viewer
  leave: () => void
  cut: ReturnType<typeof vi.fn>
  /** The next message of this kind; others before it are passed over. */
  next: <K extends LiveEvent['event']>(event: K) => Promise<Extract<LiveEvent, { event: K }>['data']>
  /** All messages up to the end. */
  rest: () => Promise<LiveEvent[]>
}

async function join(lastSeq: number | null = null, who?: Viewer): Promise<Screen> {
  const leaving = new AbortController()
  const cut = vi.fn()
  const watching = who ?? (await viewer())
  const body = await hub.open({ viewer: watching, lastSeq, signal: leaving.signal, cut })
  const events = readEvents(body)
  return {
    viewer: watching,
    leave: () => leaving.abort(),
    cut,
    async next(event) {
      for (let step = await events.next(); !step.done; step = await events.next())
        if (step.value.event === event) return step.value.data as never
      throw new Error(`The stream ended without ${event}.`)
    },
    async rest() {
      const all: LiveEvent[] = []
      for await (const message of events) all.push(message)
      return all
    },
  }
}

/** Keeps the feeds locked meanwhile, so that every look at them waits. */
async function whileNobodyReads(work: () => Promise<void>): Promise<void> {
  const holder = await openSession(database.url)
  try {
    await holder.query('begin')
    await holder.query('lock table kitchen_feed in access exclusive mode')
    await work()
  } finally {
    await holder.close()
  }
}

describe('a stream begins', () => {
  test('with everything and a beat for a screen that knows nothing, and holds no connection', async () => {
    const id = await place()
    const screen = await join()
    const snapshot = await screen.next('snapshot')
    expect(snapshot).toMatchObject({ seq: 1, otherHistory: false, tickets: [{ id }] })
    expect(await screen.next('beat')).toEqual({ seq: 1, at: snapshot.at })
    expect(database.db.gate.stats().inUse).toBe(0)
  })

  test('with what it missed for a screen that names its number', async () => {
    await place()
    const missed = await place()
    const screen = await join(1)
    const changes = await screen.next('changes')
    expect(changes.tickets.map((ticket) => ticket.id)).toEqual([missed])
    expect(changes.events.map(({ seq, kind }) => [seq, kind])).toEqual([
      [2, 'placed'],
      [2, 'confirmed'],
    ])
  })

  test('with everything for a number that this feed never had', async () => {
    await place()
    expect(await (await join(99)).next('snapshot')).toMatchObject({ seq: 1, otherHistory: true })
  })

  test('with one read for all screens that know the same', async () => {
    await place()
    const who = await viewer()
    await Promise.all(Array.from({ length: 50 }, () => join(0, who)))
    expect(reads()).toBe(1)
    expect(hub.streams).toBe(50)
  })

  test('not at all while the database has no room, and leaves nothing behind', async () => {
    const who = await viewer()
    const busy = openDatabase(database.url, { max: 1, queue: 0 })
    hub = new Hub(busy)
    let finish: (() => void) | undefined
    const working = busy.transaction(() => new Promise<void>((resolve) => (finish = resolve)))
    await vi.waitFor(() => expect(finish).toBeDefined())
    const cut = vi.fn()
    const refused = hub.open({ viewer: who, lastSeq: 0, signal: new AbortController().signal, cut })
    const error = await refused.catch((reason: unknown) => reason)
    expect(overloadedCause(error)).not.toBeNull()
    expect(cut, 'the answer that says so goes out on that connection').not.toHaveBeenCalled()
    finish?.()
    await working
    expect(hub.streams).toBe(0)
    await busy.close()
  })

  test('not for a client that went away before', async () => {
    const signal = AbortSignal.abort()
    await hub.open({ viewer: await viewer(), lastSeq: null, signal, cut: () => {} })
    expect(hub.streams).toBe(0)
  })
})

describe('what happens', () => {
  test('is read once for all screens', async () => {
    await listen()
    const screens = [await join(), await join(), await join()]
    for (const screen of screens) await screen.next('beat')
    const before = reads()
    const id = await place()
    const told = await Promise.all(screens.map((screen) => screen.next('changes')))
    for (const changes of told) expect(changes.tickets.map((ticket) => ticket.id)).toEqual([id])
    expect(reads()).toBe(before + 1)
  })

  test('is read once more when it is called a hundred times during a read', async () => {
    const screen = await join()
    await screen.next('beat')
    const before = reads()
    const { restaurant } = scope
    await whileNobodyReads(async () => {
      for (let call = 0; call < 100; call++) hub.subscriber.onPayload(String(restaurant.id))
      await vi.waitFor(() => expect(reads()).toBe(before + 1))
      for (let call = 0; call < 100; call++) hub.subscriber.onPayload(String(restaurant.id))
    })
    await hub.confirm()
    expect(await screen.next('beat')).toMatchObject({ seq: 0 })
    expect(reads()).toBe(before + 2)
  })

  test('is told although the connection that listens was lost meanwhile', async () => {
    await listen()
    const screen = await join()
    const session = await openSession(database.url)
    const killed = await session.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'brigade-listener'`,
    )
    await session.close()
    expect(killed).toHaveLength(1)
    const id = await place()
    expect((await screen.next('changes')).tickets.map((ticket) => ticket.id)).toEqual([id])
  })

  test('names the dishes that are off only when they changed', async () => {
    await listen()
    const screen = await join()
    await place()
    expect(await screen.next('changes')).toHaveProperty('off')
    await place()
    const second = await screen.next('changes')
    expect(second).not.toHaveProperty('off')
    expect(second).not.toHaveProperty('settings')
    await database.db.transaction(async (tx) => {
      await tx.execute(sql`insert into menu_overrides (restaurant_id, menu_item_id, eighty_six_until)
        values (${scope.restaurant.id}, 1, 'infinity')`)
      await tx.execute(
        sql`update kitchen_feed set seq = seq + 1 where restaurant_id = ${scope.restaurant.id}`,
      )
      await tx.execute(sql`select pg_notify('kitchen', ${String(scope.restaurant.id)})`)
    })
    const third = await screen.next('changes')
    expect(third.off?.map((dish) => dish.menuItemId)).toEqual([1])
    expect(third).not.toHaveProperty('settings')
  })

  test('reaches only the screens of its restaurant', async () => {
    await listen()
    const elsewhere = await addKitchen(database.db)
    const screen = await join()
    const other = await join(null, { ...(await viewer()), scope: elsewhere })
    await place()
    await screen.next('changes')
    hub.close()
    expect((await other.rest()).map(({ event }) => event)).toEqual(['snapshot', 'beat', 'closed'])
  })

  test('is found by the next beat although nobody was notified, and before the screen is told that all is well', async () => {
    const screen = await join()
    await place()
    await hub.confirm()
    hub.close()
    const messages = (await screen.rest()).filter(({ event }) => event !== 'day')
    expect(messages.map(({ event }) => event)).toEqual(['snapshot', 'beat', 'changes', 'beat', 'closed'])
    expect(messages[3]?.data).toMatchObject({ seq: 1 })
  })

  test('is told again from the beginning when the database was put back', async () => {
    const first = await place()
    await place()
    const screen = await join()
    await screen.next('beat')
    await database.db.execute(
      sql`update kitchen_feed set seq = 1 where restaurant_id = ${scope.restaurant.id}`,
    )
    await database.db.execute(
      sql`delete from orders where restaurant_id = ${scope.restaurant.id} and id <> ${first}`,
    )
    await hub.confirm()
    expect(await screen.next('snapshot')).toMatchObject({
      seq: 1,
      otherHistory: true,
      tickets: [{ id: first }],
    })
    expect(await screen.next('beat')).toMatchObject({ seq: 1 })
  })
})

describe('a beat', () => {
  test('asks the database for all restaurants at once', async () => {
    for (let kitchen = 0; kitchen < 5; kitchen++) {
      const other = await addKitchen(database.db)
      await join(null, { ...(await viewer()), scope: other })
    }
    statements.length = 0
    await hub.confirm()
    const asked = statements.filter((text) => text.includes('kitchen_feed') || text.includes('sessions'))
    expect(asked).toHaveLength(2)
  })

  test('is not sent while the database does not answer, and comes by itself once it does', async () => {
    const impatient = openDatabase(database.url, { lockTimeoutMs: 100 })
    hub = new Hub(impatient)
    const screen = await join()
    await screen.next('beat')
    await whileNobodyReads(() => hub.confirm())
    expect(console.warn).toHaveBeenCalledWith('The walls can not be confirmed:', expect.any(Error))
    const [released] = await database.db.execute<{ at: number }>(
      sql`select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as at`,
    )
    const beat = await screen.next('beat')
    expect(beat.at).toBeGreaterThanOrEqual(released?.at ?? Number.POSITIVE_INFINITY)
    hub.close()
    await impatient.close()
  })

  test('comes first in line, whoever was served when it began', async () => {
    const turns: string[] = []
    const db = openDatabase(database.url)
    hub = new Hub(db)
    const screen = await join()
    await screen.next('beat')
    db.gate.onAdmitted((_, priority) => turns.push(priority))
    const over = { queries: 0, overloaded: true, deadline: 0, isAnswered: () => false }
    await requestContext().run({ ...over, priority: 'later' }, () => hub.confirm())
    await screen.next('beat')
    expect(turns[0]).toBe('walls')
    expect(turns).not.toContain('later')
    hub.close()
    await db.close()
  })

  test('brings the day’s figures when they changed, and only then', async () => {
    const screen = await join()
    await place()
    await hub.confirm()
    const day = await screen.next('day')
    expect(day).toMatchObject({ counts: { confirmed: 1 }, revenue: DISHES.water.price, lowStock: 0 })
    await hub.confirm()
    await bump((await takeWall(database.db, scope)).tickets[0]?.id ?? '')
    await hub.confirm()
    const next = await screen.next('day')
    expect(next).toMatchObject({ counts: { confirmed: 0, preparing: 1 } })
  })

  test('sends away who signed out, says so, and keeps the others', async () => {
    const leaver = await join()
    const stayer = await join()
    await database.db.execute(sql`delete from sessions where token = ${leaver.viewer.sessionToken}`)
    await hub.confirm()
    const last = (await leaver.rest()).at(-1)
    expect(last).toEqual({ event: 'closed', data: { reason: 'signed_out' } })
    await stayer.next('beat')
    expect(hub.streams).toBe(1)
  })
})

describe('a stream ends', () => {
  test('when the client goes away', async () => {
    const screen = await join()
    expect(hub.streams).toBe(1)
    screen.leave()
    expect(hub.streams).toBe(0)
  })

  test('when the server stops, with a word', async () => {
    const screen = await join()
    hub.close()
    expect((await screen.rest()).at(-1)).toEqual({ event: 'closed', data: { reason: 'restarting' } })
    expect(hub.streams).toBe(0)
  })

  test('when its screen takes nothing and half a megabyte waits, with the connection', async () => {
    const onEnd = vi.fn()
    const cut = vi.fn()
    const stream = new LiveStream(await viewer(), onEnd, cut)
    const message = new Uint8Array(300 * 1024)
    stream.send(message)
    stream.send(message)
    expect(stream.isOpen).toBe(true)
    stream.send(message)
    expect(stream.isOpen).toBe(false)
    expect([onEnd.mock.calls.length, cut.mock.calls.length]).toEqual([1, 1])
    await expect(stream.body.getReader().read()).rejects.toThrow('cut off')
  })
})

test('screens that come and go while orders pour in miss nothing and are told nothing twice', async () => {
  await listen()
  const ORDERS = 80

  /** Comes and goes, resuming from what it knows, until it knows all orders; returns the events it was told. */
  async function watch(patience: number): Promise<string[]> {
    const told: string[] = []
    let seq = 0
    for (let life = 0; seq < ORDERS; life++) {
      const screen = await join(seq)
      for (let message = 0; message < patience + (life % 3) && seq < ORDERS; message++) {
        const changes = await screen.next('changes')
        for (const event of changes.events) if (event.seq > seq) told.push(`${event.seq}.${event.n}`)
        seq = Math.max(seq, changes.seq)
      }
      screen.leave()
    }
    return told
  }

  const watching = Array.from({ length: 10 }, (_, index) => watch(1 + (index % 4)))
  for (let batch = 0; batch < ORDERS / 4; batch++) await Promise.all([place(), place(), place(), place()])
  const logged = await database.db.execute<{ number: string }>(sql`
    select seq || '.' || n as number from order_events where restaurant_id = ${scope.restaurant.id} order by seq, n`)
  const expected = logged.map(({ number }) => number)
  expect(expected).toHaveLength(2 * ORDERS)
  for (const told of await Promise.all(watching)) expect(told).toEqual(expected)
  expect(hub.streams).toBe(0)
})
