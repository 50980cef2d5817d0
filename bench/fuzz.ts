import { openDatabase, openSession } from '@/db/client'
import { createApiKey } from '@/db/mutations/api-keys'
import { loadDemo } from '@/db/seed/demo/load'
import { migrateOrThrow } from '@/db/testing/migrated'
import { systemScope } from '@/domain/scope'
import { fuzzApi } from './fuzz/run'
import { serve } from './lib/server'

/** Serves the demo chain from a fresh database and sends it bad requests. Returns whether all were refused well. */
export async function fuzz(
  baseUrl: string,
  { count, seed }: { count: number; seed: number },
): Promise<boolean> {
  const url = await freshDatabase(baseUrl)
  const key = await makeKey(url)
  const session = await openSession(url)
  const server = await serve(url, 1, 10)
  try {
    console.log(`${count} bad requests, seed ${seed}`)
    const began = performance.now()
    const report = await fuzzApi(
      { origin: server.origin, key, session },
      { count, seed, onBatch: (sent) => sent % 10_000 === 0 && console.log(`${sent} sent`) },
    )
    const seconds = (performance.now() - began) / 1000
    console.log(`${report.sent} sent in ${seconds.toFixed(0)} s; answers: ${JSON.stringify(report.statuses)}`)
    const stored = report.rowsBefore !== report.rowsAfter
    console.log(stored ? `STORED: ${report.rowsBefore} became ${report.rowsAfter}` : 'Nothing was stored.')
    for (const line of report.wrong) console.log(`WRONG: ${line}`)
    return !stored && report.wrong.length === 0
  } finally {
    await server.stop()
    await session.close()
  }
}

async function freshDatabase(baseUrl: string): Promise<string> {
  const url = new URL(baseUrl)
  url.pathname = '/brigade_fuzz'
  const session = await openSession(baseUrl)
  await session.query('drop database if exists brigade_fuzz with (force)')
  await session.query('create database brigade_fuzz')
  await session.close()
  await migrateOrThrow(url.href)
  await loadDemo(url.href)
  return url.href
}

async function makeKey(url: string): Promise<string> {
  const db = openDatabase(url, { max: 1 })
  const made = await createApiKey(db, systemScope(), { slug: 'london', name: 'fuzz' })
  await db.close()
  if (!made.ok) throw new Error(`No key: ${made.reason}.`)
  return made.key
}
