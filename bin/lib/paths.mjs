import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of this clone. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/** Folder of the embedded server and of the generated secrets. */
export const dataDir = resolve(root, process.env.BRIGADE_DATA || '.data')

/**
 * A file that keeps two processes from doing the same work in this clone at once. Outside of what the work itself
 * replaces (node_modules, .next) and the same whichever data folder is used.
 * @param {string} name
 */
export function lockOf(name) {
  return join(root, '.data-locks', name)
}
