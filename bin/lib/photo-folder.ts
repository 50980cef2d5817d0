import { join } from 'node:path'
import { dataDir } from './paths.mjs'

/**
 * Where the photos of this database's dishes lie, if that is known: beside the embedded database, or where BRIGADE_DATA
 * says. Else null: the folder that happens to be here may be another chain's, and its photos would look unused.
 */
export const photoFolderHere = (env: Readonly<Record<string, string | undefined>>): string | null =>
  env.BRIGADE_DATA || env.BRIGADE_EMBEDDED ? join(dataDir, 'photos') : null
