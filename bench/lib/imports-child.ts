// Checks an uploaded file and takes its good rows; prints the times, the counts and the most memory that this process
// ever had: DATABASE_URL FILE KIND.
import { stat } from 'node:fs/promises'
import { openDatabase } from '../../db/client'
import { checkImport } from '../../db/import/check'
import { takeImport } from '../../db/import/take'
import { beginTaking, createImport } from '../../db/mutations/imports'
import { getImport } from '../../db/queries/imports'
import { adminOf } from '../../db/testing/admin'
import { SHEET_KINDS } from '../../domain/sheet'

const [url = '', file = '', word = ''] = process.argv.slice(2)
const kind = SHEET_KINDS.find((known) => known === word) ?? 'menu_item'
const db = openDatabase(url, { max: 1 })
const scope = await adminOf(db)
const importId = await createImport(db, scope, {
  ...{ kind, fileName: 'bench.csv', bytes: (await stat(file)).size, contentHash: String(Date.now()) },
})
const started = performance.now()
await checkImport(db, scope, { importId, file, currency: 'EUR', lockUrl: url })
const checkMs = performance.now() - started
await beginTaking(db, scope, { importId })
await takeImport(db, scope, { importId, lockUrl: url })
const takeMs = performance.now() - started - checkMs
const counts = await getImport(db, scope, importId)
await db.close()
console.log(JSON.stringify({ checkMs, takeMs, counts, peakMiB: process.resourceUsage().maxRSS / 1024 }))
