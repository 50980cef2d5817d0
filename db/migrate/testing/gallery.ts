import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inject } from 'vitest'
import { migrationsBehind } from './migrations-folder'
import { throwAwayDatabase } from './throw-away-database'

const GALLERY = join(import.meta.dirname, '../check/gallery')

/** A migration, or some that follow each other, as the gallery shows them. */
export type Fixture = { name: string; text: string }

export async function gallery(kind: 'dangerous' | 'safe'): Promise<Fixture[]> {
  const names = (await readdir(join(GALLERY, kind))).sort()
  return Promise.all(
    names.map(async (name) => ({ name, text: await readFile(join(GALLERY, kind, name), 'utf8') })),
  )
}

/** The name of a fixture's first file; the others count on from it. */
export const FIRST_FILE = '9000_fixture'

/**
 * This repository's migrations with those of a fixture behind them: its parts are the next files, `-- next release`
 * says that those before it were released.
 */
export function folderWith(text: string): Promise<string> {
  const parts = text.split(/^-- next file$/m).map((part) => part.trimStart())
  const tag = (at: number) => `${9000 + at}_fixture`
  const released = parts.flatMap((part, at) => (/^-- next release$/m.test(part) ? [tag(at)] : []))
  return migrationsBehind(Object.fromEntries(parts.map((part, at) => [tag(at), part])), released)
}

/** A database of this release without rows. */
export function releaseDatabase() {
  return throwAwayDatabase(inject('maintenanceUrl'), inject('templates').migrated)
}
