/** Makes a key with which a POS or a web shop places orders: SLUG NAME. Shown once. */
import { parseArgs } from 'node:util'
import { createApiKey } from '../../db/mutations/api-keys'
import { systemScope } from '../../domain/scope'
import { withDatabase } from '../lib/with-database'

const [slug = '', name = ''] = parseArgs({ allowPositionals: true }).positionals

if (!slug || !name || name.length > 100) {
  console.error('Usage: npm run api-key:create -- RESTAURANT-SLUG NAME (of at most 100 characters)')
  process.exitCode = 1
} else await withDatabase((db) => create(db))

async function create(db: Parameters<typeof createApiKey>[0]): Promise<void> {
  const result = await createApiKey(db, systemScope(), { slug, name })
  if (result.ok) {
    console.error(`A key for ${result.restaurant}, called "${name}". It is not shown again:`)
    console.log(result.key)
    return
  }
  console.error(sentence(result))
  process.exitCode = 1
}

function sentence(failure: Extract<Awaited<ReturnType<typeof createApiKey>>, { ok: false }>): string {
  if (failure.reason === 'unknown_restaurant') return `There is no active restaurant "${slug}".`
  if (failure.reason === 'name_taken') return `There is a live key "${name}" already: choose another name.`
  const names = failure.names.map((taken) => `"${taken}"`).join(' and ')
  return `${slug} has as many live keys as it may have, ${names}: end one with npm run api-key:revoke -- ${slug} NAME.`
}
