/** Takes an import in batches of 40 and says after each how many rows are in, for a test that kills it. */
import { sql } from 'drizzle-orm'
import { chainScope } from '@/domain/scope'
import { openDatabase } from '../client'
import { takeImport } from '../import/take'
import { findPerson } from '../queries/access'
import { addSession } from './people'

const [url = '', importId = '', userId = ''] = process.argv.slice(2)
const db = openDatabase(url, { max: 2 })
const person = await findPerson(db, await addSession(db, Number(userId)))
const scope = person && chainScope(person, 'menu:edit')
if (!scope) throw new Error('An admin may edit the menu.')

const told = setInterval(async () => {
  const [row] = await db.execute<{ n: number }>(
    sql`select taken_added as n from imports where id = ${Number(importId)}`,
  )
  process.stdout.write(`${row?.n}\n`)
}, 5)
while (!(await takeImport(db, scope, { importId: Number(importId), lockUrl: url, batchSize: 40 }))) {
  // The one that was killed before may still hold the lock for a moment.
  const [row] = await db.execute<{ state: string }>(
    sql`select state from imports where id = ${Number(importId)}`,
  )
  if (row?.state !== 'taking') break
}
clearInterval(told)
await db.close()
