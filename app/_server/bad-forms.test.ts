import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { testDatabase } from '@/db/testing/database'
import { addChain, addKitchen } from '@/db/testing/kitchen'
import { addSession, addUser } from '@/db/testing/people'
import { database } from './database'
import { readInput } from './form-input'
import { newRequest, TEST_SECRET } from './testing'
import { loadActions } from './testing-actions'
import { badInputs } from './testing-bad-inputs'

vi.mock('next/headers', async () => (await import('./testing')).nextHeaders())
vi.mock('next/server', async () => (await import('./testing')).nextServer())

/** For each action; `BAD_FORMS=10000` for a thorough run, which takes minutes. */
const COUNT = Number(process.env.BAD_FORMS ?? 200)

const test = testDatabase()
let token: string

beforeAll(async () => {
  Object.assign(process.env, { DATABASE_URL: test.url, AUTH_SECRET: TEST_SECRET, PORT: '3000', APP_URL: '' })
  await addChain(test.db)
  await addKitchen(test.db)
  token = await addSession(test.db, await addUser(test.db, { role: 'admin' }))
})
afterAll(() => database().close())

/** How many rows each table has ever got, changed and lost: reading leaves it as it is. */
async function writesSoFar(): Promise<unknown> {
  const tables = await test.db.execute<{ name: string }>(sql`
    select relname as name from pg_stat_user_tables where schemaname = 'public' order by relname`)
  const counted = tables.map(({ name }) => {
    const table = sql.identifier(name)
    return sql`select ${name} as name, count(*)::int as rows, coalesce(sum(hashtext(t::text)::bigint), 0)::text as hash
      from ${table} t`
  })
  return test.db.execute(sql.join(counted, sql` union all `))
}

const actions = await loadActions()

it.each(actions.map((action) => [action.name, action] as const))(
  '%s refuses whatever is not well-formed, and stores nothing',
  async (name, { input, run }) => {
    // One that asks for nothing can't be asked wrongly. Known only here: inputs may ask for the chain's currency.
    if (input.safeParse({}).success) return
    const before = await writesSoFar()
    const seed = [...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7)
    let refused = 0
    for (const bad of badInputs(input, seed)) {
      const { raw } = readInput(bad)
      if (input.safeParse(raw).success) continue
      newRequest({}, token)
      const answer = await run(bad as never)
      expect(answer).toMatchObject({ ok: false, reason: 'invalid', message: expect.any(String) })
      if (++refused === COUNT) break
    }
    expect(refused).toBe(COUNT)
    expect(await writesSoFar()).toEqual(before)
  },
  30_000 + COUNT * 60,
)
