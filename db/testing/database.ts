import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, inject } from 'vitest'
import { type Database, type DatabaseOptions, openDatabase, openSession } from '@/db/client'
import { databaseUrl, ensureTemplate } from './templates'

/** The volume set takes a minute, more where all processors are busy. */
const TEMPLATE_TIMEOUT_MS = 600_000

export type TestDatabase = { readonly db: Database; readonly url: string }

/**
 * A database of this test file's own, cloned before its tests and dropped after: `migrated` is empty, `volume` holds
 * the volume set of scale 1.
 */
export function testDatabase(
  template: 'migrated' | 'volume' = 'migrated',
  options: Partial<DatabaseOptions> = {},
): TestDatabase {
  const name = `brigade_test_${randomBytes(6).toString('hex')}`
  const url = databaseUrl(inject('maintenanceUrl'), name)
  let db: Database | undefined

  beforeAll(async () => {
    const made = inject('templates')[template]
    await ensureTemplate(inject('maintenanceUrl'), template, made)
    await administer(`create database ${name} template ${made} strategy file_copy`)
    db = openDatabase(url, options)
  }, TEMPLATE_TIMEOUT_MS)
  afterAll(async () => {
    await db?.close()
    await administer(`drop database if exists ${name} with (force)`)
  })
  return {
    url,
    get db() {
      if (!db) throw new Error('The test database exists only while tests run.')
      return db
    },
  }
}

async function administer(statement: string): Promise<void> {
  const session = await openSession(inject('maintenanceUrl'))
  try {
    await session.query(statement)
  } finally {
    await session.close()
  }
}
