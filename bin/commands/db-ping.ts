/** Says whether the database can be reached and is new enough. */
import { openSession, type Session } from '../../db/client'
import { connectionProblem, versionProblem } from '../lib/connection'

const url = process.env.DATABASE_URL ?? ''

const session = await connect()
if (session) {
  await report(session)
  await session.close()
}

async function connect(): Promise<Session | undefined> {
  try {
    return await openSession(url, { connectTimeoutSeconds: 5 })
  } catch (error) {
    fail(connectionProblem(error, url))
  }
}

async function report(open: Session): Promise<void> {
  const [row] = await open.query<{ num: number; version: string }>(
    `select current_setting('server_version_num')::int as num, current_setting('server_version') as version`,
  )
  const problem = versionProblem(row?.num ?? 0)
  if (problem) fail(problem)
  else console.log(`PostgreSQL ${row?.version} answers.`)
}

function fail(sentence: string): void {
  console.error(sentence)
  process.exitCode = 1
}
