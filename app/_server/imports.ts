import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { checkImport, type UploadOptions } from '@/db/import/check'
import { takeImport } from '@/db/import/take'
import type { ChainScope } from '@/domain/scope'
import type { ImportState } from '@/domain/sheet'
import { database } from './database'
import { environment } from './environment'

/** Some 400,000 rows. */
export const MOST_FILE_BYTES = 50 * 1024 * 1024

const folder = () => join(/* turbopackIgnore: true */ resolve(environment().BRIGADE_DATA), 'imports')

/** Where a file lies from its upload until it is checked. */
export const importFile = (name: number | string): string => join(folder(), `${name}.csv`)

/**
 * Goes on with an import in this process, and returns once its page shows that, long before it is done. Where it breaks
 * off (a restart, a database that is away) the page says so, and pressing the button again goes on from there.
 */
export function goOn(scope: ChainScope<'menu:edit'>, importId: number, state: ImportState): Promise<void> {
  const { DATABASE_URL, DATABASE_DIRECT_URL } = environment()
  return new Promise((held) => {
    const options = { importId, lockUrl: DATABASE_DIRECT_URL ?? DATABASE_URL, onHeld: held }
    const work = state === 'checking' ? checkFile(scope, options) : takeImport(database(), scope, options)
    work.catch((error) => console.warn(`Import ${importId} broke off:`, error)).finally(held)
  })
}

async function checkFile(scope: ChainScope<'menu:edit'>, options: UploadOptions): Promise<void> {
  const file = importFile(options.importId)
  const isDone = await checkImport(database(), scope, { ...options, file, currency: environment().CURRENCY })
  if (isDone) await rm(file, { force: true })
}
