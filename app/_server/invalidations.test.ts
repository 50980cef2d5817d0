import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openSession } from '@/db/client'
import { invalidate } from '@/db/mutations/invalidate'
import { testDatabase } from '@/db/testing/database'
import CacheHandler from './cache-handler.mjs'
import { cacheInvalidations } from './invalidations'
import { type Listener, type Subscriber, startListener } from './listener'

const told: string[] = []
const ours = cacheInvalidations((tags) => told.push(...tags))

const database = testDatabase()
const KEY = '/m/here'

const keepPage = () =>
  new CacheHandler().set(
    KEY,
    { kind: 'APP_PAGE', html: '', headers: { 'x-next-cache-tags': 'menu,menu:3' } },
    {},
  )
const keptPage = () => new CacheHandler().get(KEY, { kind: 'APP_PAGE' })
const pageIsGone = () =>
  vi.waitFor(async () => expect(await keptPage()).toBeNull(), { timeout: 10_000, interval: 20 })

let listener: Listener
let connects = 0
/** Called before the subscriber reads what it missed. */
let beforeReading = async () => {}
const subscriber: Subscriber = {
  ...ours,
  async onConnect(session, away) {
    await beforeReading()
    await ours.onConnect(session, away)
    connects++
  },
}

const connected = (times: number) =>
  vi.waitFor(() => expect(connects).toBe(times), { timeout: 10_000, interval: 20 })

beforeEach(async () => {
  vi.stubEnv('MISE', 'on')
  connects = 0
  beforeReading = async () => {}
  await database.db.execute('truncate cache_invalidations')
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  vi.spyOn(console, 'info').mockImplementation(() => {})
  listener = startListener(database.url, [subscriber])
  await connected(1)
})
afterEach(() => listener.stop())

describe('a page kept in one process', () => {
  test('is gone as soon as a mutation of another says that it is stale', async () => {
    await keepPage()
    await database.db.transaction((tx) => invalidate(tx, ['menu:3']))
    await pageIsGone()
  })

  test('stays when the mutation rolls back, and when it is about another restaurant', async () => {
    await keepPage()
    const undone = database.db.transaction(async (tx) => {
      await invalidate(tx, ['menu:3'])
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    await database.db.transaction((tx) => invalidate(tx, ['menu:4']))
    // Notifications arrive in order: after this one, the others have been heard or never will be.
    await new CacheHandler().set('/m/there', page('menu:5'), {})
    await database.db.transaction((tx) => invalidate(tx, ['menu:5']))
    await vi.waitFor(async () =>
      expect(await new CacheHandler().get('/m/there', { kind: 'APP_PAGE' })).toBeNull(),
    )
    expect(await keptPage()).not.toBeNull()
  })

  test('is gone after a lost connection when it became stale meanwhile', async () => {
    await keepPage()
    beforeReading = async () => {
      // Nobody of this process hears this one: it is told before the new connection could be read.
      beforeReading = async () => {}
      await database.db.execute(`insert into cache_invalidations (tag) values ('menu:3')`)
    }
    told.length = 0
    await killListener()
    await connected(2)
    expect(await keptPage()).toBeNull()
    // Whoever shows the page is told the same.
    expect(told).toContain('menu:3')
  })

  test('is gone after a week without contact, of which nobody keeps what became stale', async () => {
    await keepPage()
    const session = await openSession(database.url)
    await ours.onConnect(session, 7 * 86_400)
    await session.close()
    expect(await keptPage()).toBeNull()
    await keepPage()
    expect(await keptPage()).not.toBeNull()
  })

  test('goes on being told after a lost connection', async () => {
    await killListener()
    await connected(2)
    await keepPage()
    await database.db.transaction((tx) => invalidate(tx, ['menu']))
    await pageIsGone()
  })
})

const page = (tag: string) => ({ kind: 'APP_PAGE', html: '', headers: { 'x-next-cache-tags': tag } })

async function killListener(): Promise<void> {
  const session = await openSession(database.url)
  const killed = await session.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name = 'brigade-listener'`,
  )
  await session.close()
  expect(killed).toHaveLength(1)
}

describe('a listener', () => {
  test('stops while the database is away', async () => {
    const lonely = startListener('postgres://nobody@127.0.0.1:1/nowhere', [subscriber])
    await vi.waitFor(() => expect(console.warn).toHaveBeenCalled())
    await lonely.stop()
    expect(connects).toBe(1)
  })
})
