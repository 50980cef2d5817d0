import { openSession } from '@/db/client'
import { loadDemo } from '@/db/seed/demo/load'
import { migrateOrThrow } from '@/db/testing/migrated'
import { databaseUrl } from '@/db/testing/templates'

/** A demo chain of a test's own beside the one that all browser tests share: for tests that start and kill servers. */
export async function withOwnDatabase(name: string, work: (url: string) => Promise<void>): Promise<void> {
  await administer(`drop database if exists ${name} with (force)`)
  await administer(`create database ${name}`)
  const url = databaseUrl(maintenanceUrl(), name)
  await migrateOrThrow(url)
  await loadDemo(url)
  await work(url)
  await administer(`drop database ${name} with (force)`)
}

const maintenanceUrl = () => process.env.TEST_DATABASE_URL ?? ''

async function administer(statement: string): Promise<void> {
  const session = await openSession(maintenanceUrl())
  await session.query(statement)
  await session.close()
}
