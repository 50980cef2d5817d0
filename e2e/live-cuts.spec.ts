import { cutStreams } from '@/bench/live/cuts'
import { openSession } from '@/db/client'
import { loadDemo } from '@/db/seed/demo/load'
import { migrateOrThrow } from '@/db/testing/migrated'
import { databaseUrl } from '@/db/testing/templates'
import { expect, test } from './fixtures'

const NAME = 'brigade_e2e_cuts'

/** Makes a demo chain of this test's own: its server is killed, and its restaurants are flooded with orders. */
async function ownDatabase(maintenanceUrl: string): Promise<string> {
  await administer(maintenanceUrl, `drop database if exists ${NAME} with (force)`)
  await administer(maintenanceUrl, `create database ${NAME}`)
  const url = databaseUrl(maintenanceUrl, NAME)
  await migrateOrThrow(url)
  await loadDemo(url)
  return url
}

async function administer(url: string, statement: string): Promise<void> {
  const session = await openSession(url)
  await session.query(statement)
  await session.close()
}

test('fifty walls that are cut off again and again miss nothing and show nothing twice', async () => {
  test.setTimeout(180_000)
  const maintenanceUrl = process.env.TEST_DATABASE_URL ?? ''
  const url = await ownDatabase(maintenanceUrl)
  const { screens, orders, verdict, returns } = await cutStreams(url, {
    clients: 60,
    servers: 2,
    listeners: 4,
  })
  expect(screens).toBe(50)
  expect(orders).toBeGreaterThan(0)
  expect(verdict.events).toBeGreaterThan(0)
  expect(verdict).toMatchObject({ missed: 0, twice: 0, wrong: 0 })
  expect(returns.server).toHaveLength(100)
  expect(returns.listener).toHaveLength(4)
  await administer(maintenanceUrl, `drop database ${NAME} with (force)`)
})
