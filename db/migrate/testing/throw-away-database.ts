import { randomBytes } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { openSession, type Session } from '../../client'

/** A database of one test, empty unless told, with a session to look into it; dropped after the test. */
export async function throwAwayDatabase(
  maintenanceUrl = process.env.TEST_DATABASE_URL,
  template = 'template0',
): Promise<{ url: string; session: Session }> {
  if (!maintenanceUrl) throw new Error('TEST_DATABASE_URL is not set: run the tests with `npm test -- db`.')
  const name = `brigade_migrate_${randomBytes(6).toString('hex')}`
  const administer = async (sql: string) => {
    const maintenance = await openSession(maintenanceUrl)
    await maintenance.query(sql)
    await maintenance.close()
  }
  await administer(`create database ${name} template ${template} strategy file_copy`)
  onTestFinished(() => administer(`drop database ${name} with (force)`))
  const url = new URL(maintenanceUrl)
  url.pathname = `/${name}`
  const session = await openTestSession(url.href)
  return { url: url.href, session }
}

/** Another session on the database, closed after the test. */
export async function openTestSession(url: string): Promise<Session> {
  const session = await openSession(url, { applicationName: 'test' })
  onTestFinished(() => session.close())
  return session
}
