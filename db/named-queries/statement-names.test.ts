import { beforeAll, expect, test } from 'vitest'
import { statementNames } from '@/bin/serve/statement-names.mjs'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen } from '../testing/kitchen'
import { addUser } from '../testing/people'
import { explainNamedQuery, NAMED_QUERIES } from './named-queries'

const held = testDatabase()
const nameOf = statementNames()

beforeAll(async () => {
  await addChain(held.db)
  await addKitchen(held.db)
  await addUser(held.db, { role: 'admin' })
})

test('nearly all queries are known by the text of their statements, and none by the name of another one', async () => {
  const exported = new Set(NAMED_QUERIES.map(({ module, name }) => `${module}.${name}`))
  let known = 0
  for (const query of NAMED_QUERIES) {
    const { plans, query: own } = await explainNamedQuery(held.url, query, {}, { limitMs: 30_000 })
    const names = plans.map(({ statement }) => nameOf(statement.text))
    expect(names.filter((name) => name !== own && exported.has(name ?? ''))).toEqual([])
    if (names.includes(own)) known++
  }
  // Not those that Drizzle writes, or that are put together from pieces.
  expect(known / NAMED_QUERIES.length).toBeGreaterThan(0.8)
})

test('a statement is known as pg_stat_statements writes it, without its values', () => {
  const written = `select pid, application_name as name, coalesce(extract(epoch from now() - backend_start), $1)::int as seconds
    from pg_locks join pg_stat_activity using (pid)
    where locktype = $2 and classid = $3::int::oid and objid = $4::int::oid and objsubid = $5
      and granted and database = (select oid from pg_database where datname = current_database())`
  expect(nameOf(written)).toBe('migrations.findMigrator')
  expect(nameOf('select 1')).toBeNull()
  expect(nameOf('commit')).toBeNull()
})
