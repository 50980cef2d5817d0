/** Ends a key that a POS or a web shop places orders with: SLUG NAME. */
import { parseArgs } from 'node:util'
import { revokeApiKey } from '../../db/mutations/api-keys'
import { systemScope } from '../../domain/scope'
import { withDatabase } from '../lib/with-database'

const [slug = '', name = ''] = parseArgs({ allowPositionals: true }).positionals

if (!slug || !name) {
  console.error('Usage: npm run api-key:revoke -- RESTAURANT-SLUG NAME')
  process.exitCode = 1
} else {
  await withDatabase(async (db) => {
    const result = await revokeApiKey(db, systemScope(), { slug, name })
    if (result.ok) console.log(`The key "${name}" of ${slug} no longer works.`)
    else {
      console.error(`${slug} has no live key "${name}".`)
      process.exitCode = 1
    }
  })
}
