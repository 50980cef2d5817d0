// Imports a file and prints what came of it and the most memory that this process ever had: DATABASE_URL FILE.
import { openDatabase } from '../../db/client'
import { importRecipes } from '../../db/import/recipes'
import { systemScope } from '../../domain/scope'

const [url = '', file = ''] = process.argv.slice(2)
const db = openDatabase(url, { max: 1, statementTimeoutMs: 10 * 60 * 1000 })
const outcome = await importRecipes(db, systemScope(), {
  file,
  format: 'ndjson',
  source: 'bench',
  rejects: `${file}.rejects`,
  lockUrl: url,
})
await db.close()
console.log(JSON.stringify({ outcome, peakMiB: process.resourceUsage().maxRSS / 1024 }))
