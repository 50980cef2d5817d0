import { beforeEach, expect, test, vi } from 'vitest'
import { invalidate } from '@/db/mutations/invalidate'
import { type RequestContext, requestContext } from '@/db/request-context'
import { testDatabase } from '@/db/testing/database'
import { prepared } from './mise'
import { hearOfWrite, settleOwnWrites } from './own-writes'

const database = testDatabase()
const asked = vi.hoisted(() => ({ count: 0 }))
vi.mock('./database', () => ({
  database: () => ({
    execute: (...args: never[]) => {
      asked.count++
      return (database.db.execute as (...args: never[]) => unknown)(...args)
    },
  }),
}))
beforeEach(() => void vi.stubEnv('MISE', 'on'))

let loads = 0
const menu = prepared({
  name: 'menu of the test',
  key: () => '',
  tags: () => ['menu:1'],
  freshSeconds: 60,
  load: async () => ++loads,
})

/** As a request of some process does it; this process hears no notification. */
const write = async (tags: [string, ...string[]]): Promise<RequestContext> => {
  const request: RequestContext = { queries: 0, overloaded: false }
  await requestContext().run(request, () => database.db.transaction((tx) => invalidate(tx, tags)))
  return request
}
const idOf = (request: RequestContext) => request.wrote?.id ?? 0

test('who wrote reads nothing older within the same request', async () => {
  const before = await menu()
  const request: RequestContext = { queries: 0, overloaded: false }
  const after = await requestContext().run(request, async () => {
    await database.db.transaction((tx) => invalidate(tx, ['menu:1', 'menu:2']))
    return menu()
  })
  expect(after).toBe(before + 1)
  expect(await menu()).toBe(after)
})

test('who wrote through another process is known by the number of the write, which is looked up once', async () => {
  const before = await menu()
  const id = idOf(await write(['menu:3', 'menu:1', 'menu:2']))
  expect(await menu(), 'this process was told nothing').toBe(before)

  asked.count = 0
  await hearOfWrite(id)
  const after = await menu()
  expect(after).toBe(before + 1)
  await hearOfWrite(id)
  expect(await menu()).toBe(after)
  expect(asked.count).toBe(1)
})

test('a write of something else leaves what is kept', async () => {
  const before = await menu()
  await hearOfWrite(idOf(await write(['menu:2'])))
  expect(await menu()).toBe(before)
})

test('what this process settled as it answered needs no query', async () => {
  const request = await write(['menu:1'])
  const before = await menu()
  settleOwnWrites(request)
  expect(await menu()).toBe(before + 1)
  asked.count = 0
  await hearOfWrite(idOf(request))
  expect(asked.count).toBe(0)
})

test('a number that nobody wrote, or that was rolled back, is no news, and is not remembered as heard', async () => {
  const before = await menu()
  const request: RequestContext = { queries: 0, overloaded: false }
  const undone = requestContext().run(request, () =>
    database.db.transaction(async (tx) => {
      await invalidate(tx, ['menu:1'])
      throw new Error('undone')
    }),
  )
  await expect(undone).rejects.toThrow('undone')
  await hearOfWrite(idOf(request))
  await hearOfWrite(idOf(request) + 1)
  expect(await menu()).toBe(before)
  const next = await write(['menu:1'])
  expect(idOf(next)).toBe(idOf(request) + 1)
  await hearOfWrite(idOf(next))
  expect(await menu()).toBe(before + 1)
})
