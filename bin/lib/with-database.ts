import { type Database, openDatabase, openSession } from '../../db/client'
import { connectionProblem } from './connection'

/** A job reads and writes whole days of a whole chain; people's requests may not take so long. */
const JOB_STATEMENT_TIMEOUT_MS = 10 * 60 * 1000

/**
 * Runs a command's work on the database that the environment names. Where it can't be reached, one sentence says why,
 * and the process ends with 1.
 */
export async function withDatabase(work: (db: Database) => Promise<void>): Promise<void> {
  await withReachable(async (url) => {
    const db = openDatabase(url, {
      max: 1,
      applicationName: 'brigade-command',
      statementTimeoutMs: JOB_STATEMENT_TIMEOUT_MS,
    })
    try {
      await work(db)
    } finally {
      await db.close()
    }
  })
}

/** The same for work that opens its own connections. */
export async function withReachable(work: (url: string) => Promise<void>): Promise<void> {
  const url = process.env.DATABASE_DIRECT_URL || process.env.DATABASE_URL || ''
  try {
    await (await openSession(url, { connectTimeoutSeconds: 5 })).close()
  } catch (error) {
    console.error(connectionProblem(error, url))
    process.exitCode = 1
    return
  }
  await work(url)
}
