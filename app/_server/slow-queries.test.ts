import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { statementNames } from '@/bin/serve/statement-names.mjs'
import { openSession } from '@/db/client'
import { listCategories } from '@/db/queries/categories'
import { testDatabase } from '@/db/testing/database'
import { database } from './database'
import { TEST_SECRET } from './testing'

const held = testDatabase()
const NAMES = Symbol.for('brigade.statementName')
const hooks = globalThis as unknown as Record<symbol, unknown>

beforeAll(() => {
  Object.assign(process.env, { DATABASE_URL: held.url, AUTH_SECRET: TEST_SECRET, SLOW_QUERY_MS: '1' })
  hooks[NAMES] = statementNames()
})
afterAll(async () => {
  delete hooks[NAMES]
  await database().close()
})

test('a query that took long is named in the log, by the function that sent it, without its values', async () => {
  const said = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const holder = await openSession(held.url)
  await holder.query('begin; lock table menu_items')
  const asking = listCategories(database(), {} as never, { changeSetId: 4711 })
  await vi.waitFor(
    async () =>
      expect(
        await holder.query(`select from pg_locks where not granted and database is not null`),
      ).not.toEqual([]),
    10_000,
  )
  await holder.query('commit')
  await asking
  await holder.close()
  expect(said).toHaveBeenCalledWith('Slow query categories.listCategories', {
    query: 'categories.listCategories',
    ms: expect.any(Number),
    statement: expect.stringMatching(/^with sold as \( select category_id, count/),
  })
  expect(JSON.stringify(said.mock.calls)).not.toContain('4711')
  said.mockRestore()
})
