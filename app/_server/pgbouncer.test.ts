import { spawnSync } from 'node:child_process'
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase, openSession, postgresCause } from '@/db/client'
import { throwAwayDatabase } from '@/db/migrate/testing/throw-away-database'
import { invalidate } from '@/db/mutations/invalidate'
import { placeOrder } from '@/db/mutations/order-placement'
import { callNamedQuery, NAMED_QUERIES } from '@/db/named-queries/named-queries'
import { type Standing, takeStanding } from '@/db/named-queries/standing'
import { loadDemo } from '@/db/seed/demo/load'
import { testDatabase } from '@/db/testing/database'
import { cacheInvalidations } from './invalidations'
import { startListener } from './listener'
import { PGBOUNCER, type PgBouncer, startPgBouncer } from './testing-pgbouncer'

/** Fewer than ask at once, so that they change hands. */
const SERVER_CONNECTIONS = 3
const CLIENTS = 12

if (!PGBOUNCER)
  console.warn('Not tested behind PgBouncer: it is not installed (Debian’s package is pgbouncer).')

describe.skipIf(!PGBOUNCER)('behind PgBouncer in transaction mode', () => {
  const direct = testDatabase()
  let pgBouncer: PgBouncer
  let db: Database
  let standing: Standing
  beforeAll(async () => {
    await loadDemo(direct.url)
    // As docs/operations.md has an operator do for the role; here for one database of a server that others test on, too.
    await direct.db.execute(sql`
      do $$ begin
        execute format('alter role %I in database %I set statement_timeout = ''2s''', current_user, current_database());
      end $$`)
    pgBouncer = await startPgBouncer(direct.url, SERVER_CONNECTIONS)
    db = openDatabase(pgBouncer.url, { max: CLIENTS, waitMs: 60_000, pooled: true })
    standing = await takeStanding(db, {})
  })
  afterAll(async () => {
    await db?.close()
    await pgBouncer?.stop()
  })

  test.each(NAMED_QUERIES)('$name answers', async (query) => {
    await expect(callNamedQuery(db, query, standing)).resolves.toBeDefined()
  })

  test('more people place orders at once than it has connections, each order is there once, sent twice or not', async () => {
    const scope = standing.atRestaurant('orders:place')
    const [dish] = await db.execute<{ id: number }>(sql`
      select m.id from menu_items m
      join categories c on c.id = m.category_id and c.is_active
      where m.is_available and not exists (select from menu_overrides o where o.menu_item_id = m.id)
      order by m.id limit 1`)
    await db.execute(sql`update restaurants set stock_policy = 'warn'`)
    const lines = [{ menuItemId: dish?.id ?? 0, quantity: 1, specialRequests: '' }]
    const input = { channel: 'dine_in', placeOrName: 'T1', specialInstructions: 'pooled', lines } as const
    const keys = Array.from({ length: CLIENTS * 2 }, () => uuidv7())
    const answers = await Promise.all(
      [...keys, ...keys].map((idempotencyKey) => placeOrder(db, scope, input, { idempotencyKey })),
    )
    expect(new Set(answers.map((answer) => answer.ok && answer.orderId)).size).toBe(keys.length)
    expect(answers.every(({ ok }) => ok)).toBe(true)
    const [stored] = await db.execute<{ orders: number }>(sql`
      select count(*)::int as orders from orders where special_instructions = 'pooled'`)
    expect(stored?.orders).toBe(keys.length)
  })

  test('a transaction that fails leaves nothing behind, and neither does its lock', async () => {
    const add = (name: string) =>
      db.transaction(async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(4711)`)
        await tx.execute(sql`insert into categories (name) values (${name})`)
        if (name === 'Failed') throw new Error('thrown')
      })
    await expect(add('Failed')).rejects.toThrow('thrown')
    await add('Done')
    const found = await db.execute<{ name: string }>(
      sql`select name from categories where name in ('Failed', 'Done')`,
    )
    expect(found.map(({ name }) => name)).toEqual(['Done'])
  })

  test('the time limits of the role hold, since it takes none from us', async () => {
    const slept = await db.execute(sql`select pg_sleep(30)`).catch(postgresCause)
    expect(slept).toMatchObject({ code: '57014' })
  })

  test('what a mutation makes stale is heard over the direct address', async () => {
    let stop = async () => {}
    const heard = new Promise<readonly string[]>((resolve) => {
      const listener = startListener(direct.url, [
        cacheInvalidations((tags) => {
          if (tags.includes('pooled')) resolve(tags)
        }),
      ])
      stop = () => listener.stop()
    })
    await db.transaction((tx) => invalidate(tx, ['pooled']))
    expect(await heard).toContain('pooled')
    await stop()
  })

  test('migrations go to the direct address, and their tables are there behind it', async () => {
    const { url } = await throwAwayDatabase(direct.url)
    const before = await startPgBouncer(url, 1)
    const migrated = spawnSync(process.execPath, ['--import', 'tsx', 'bin/commands/db-migrate.ts'], {
      encoding: 'utf8',
      env: { ...process.env, DATABASE_URL: before.url, DATABASE_DIRECT_URL: url },
    })
    expect(migrated.stderr).toBe('')
    expect(migrated.status).toBe(0)
    const session = await openSession(before.url)
    expect(await session.query('select count(*)::int as orders from orders')).toEqual([{ orders: 0 }])
    await session.close()
    await before.stop()
  })
})
