import { differences, inconsistencies, takeContents } from '../../db/backup'
import { openSession } from '../../db/client'
import type { Manifest } from './backup-folder'

/** Compares a restored database with what was backed up, and with itself: what is wrong, a sentence each, and its rows. */
export async function checkRestored(
  url: string,
  { contents }: Manifest,
): Promise<{ problems: string[]; tables: number; rows: number }> {
  const session = await openSession(url, { applicationName: 'brigade-backup' })
  try {
    await session.query('begin isolation level repeatable read')
    const found = await takeContents(session)
    const problems = [...(contents ? differences(contents, found) : []), ...(await inconsistencies(session))]
    const rows = found.tables.reduce((sum, table) => sum + Number(table.rows), 0)
    return { problems, tables: found.tables.length, rows }
  } finally {
    await session.close()
  }
}
