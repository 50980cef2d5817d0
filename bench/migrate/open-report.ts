import { setTimeout as pause } from 'node:timers/promises'
import { openSession } from '@/db/client'

export type Report = {
  /** Resolves when its transaction is over. */
  ended: Promise<void>
}

/** A report as somebody forgets it: one transaction that has read every table, and stays open for so long. */
export async function openReport(url: string, seconds: number): Promise<Report> {
  const session = await openSession(url, { applicationName: 'bench report' })
  await session.query('begin isolation level repeatable read')
  const tables = await session.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class
     where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  )
  for (const { name } of tables) await session.query(`select from ${name} limit 1`)
  const ended = pause(seconds * 1000).then(async () => {
    await session.query('commit')
    await session.close()
  })
  return { ended }
}
