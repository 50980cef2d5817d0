import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { planFiles } from './checklist/steps'
import type { Migration, Part } from './parse'
import { type IndexBuild, parseIndexBuild } from './parse-index'
import { Refused } from './refused'
import { splitStatements } from './sql-statements'

/** What takes a migration back. Without parts it leaves nothing that the release before would notice. */
export type WayBack = {
  migration: Migration
  transactional: boolean
  parts: Part[]
  /** The index that the one part builds, where it does. */
  index: IndexBuild | null
  /** What the parts were cut from: the file in `reverse/`, or what its statements themselves say. */
  text: string
}

const FOLDER = 'reverse'

/**
 * How each migration is taken back: as its file in `reverse/` says, else by what its statements add. Null where neither
 * is possible, so that only a backup leads back.
 * @throws {Refused} `bad_file`, when a file in `reverse/` belongs to no migration or can't be run
 */
export async function readWaysBack(
  directory: string,
  migrations: readonly Migration[],
): Promise<Map<string, WayBack | null>> {
  const written = await readWritten(directory, migrations)
  const planned = await planFiles(migrations, new Set(migrations.map(({ name }) => name)))
  return new Map(
    migrations.map((migration, at) => {
      const steps = planned[at]?.steps ?? []
      return [migration.name, written.get(migration.name) ?? derived(migration, steps)]
    }),
  )
}

/** The names of the migrations whose way back is written down in `reverse/`. */
async function writtenWaysBack(directory: string): Promise<string[]> {
  const names = await readdir(join(directory, FOLDER)).catch(() => [])
  return names.filter((name) => name.endsWith('.sql')).map((name) => basename(name, '.sql'))
}

async function readWritten(
  directory: string,
  migrations: readonly Migration[],
): Promise<Map<string, WayBack>> {
  const found = new Map<string, WayBack>()
  for (const name of await writtenWaysBack(directory)) {
    const migration = migrations.find((each) => each.name === name)
    if (!migration) throw bad(name, 'belongs to no migration: name it like the file that it takes back')
    const text = await readFile(join(directory, FOLDER, `${name}.sql`), 'utf8')
    found.set(name, parseWritten(migration, text))
  }
  return found
}

function parseWritten(migration: Migration, text: string): WayBack {
  const [mode] = text.split('\n')
  if (mode !== '-- transactional' && mode !== '-- not transactional')
    throw bad(migration.name, 'must say "-- transactional" or "-- not transactional" in its first line')
  return toWay(migration, mode === '-- transactional', text)
}

function toWay(migration: Migration, transactional: boolean, text: string): WayBack {
  const statements = splitStatements(text)
  const [first] = statements
  const index = first && !transactional ? parseIndexBuild(first) : null
  if (index === 'unnamed') throw bad(migration.name, 'builds an index that it must give a name')
  if (!transactional && statements.length > 1)
    throw bad(migration.name, 'is not transactional, so it must hold one statement')
  const parts = statements.map(({ sql, start }) => ({ sql, start }))
  return { migration, transactional, parts, index, text }
}

function derived(migration: Migration, steps: readonly { reverse: string | null }[]): WayBack | null {
  const reverses = steps.map(({ reverse }) => reverse).toReversed()
  if (reverses.length === 0 || reverses.includes(null)) return null
  const text = reverses.flatMap((reverse) => (reverse ? [`${reverse};\n`] : [])).join('')
  return toWay(migration, migration.work.transactional, text)
}

function bad(name: string, what: string): Refused {
  return new Refused('bad_file', `The way back ${FOLDER}/${name}.sql ${what}.`)
}
