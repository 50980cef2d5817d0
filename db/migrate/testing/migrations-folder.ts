import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { onTestFinished } from 'vitest'

export const TRANSACTIONAL = '-- transactional\n-- phase: expand\n'
export const ALONE = '-- not transactional\n-- phase: expand\n'

export type MigrationsFolder = {
  directory: string
  /** Replaces all files and the journal, whose order is that of the keys. */
  write(files: Record<string, string>): Promise<void>
}

/** A folder of migrations as drizzle-kit lays it out, removed after the test. */
export async function migrationsFolder(files: Record<string, string>): Promise<MigrationsFolder> {
  const directory = await mkdtemp(join(tmpdir(), 'brigade-migrations-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  const folder: MigrationsFolder = {
    directory,
    async write(next) {
      await rm(directory, { recursive: true })
      await mkdir(join(directory, 'meta'), { recursive: true })
      const entries = Object.keys(next).map((tag, idx) => ({
        idx,
        version: '7',
        when: 1_700_000_000_000 + idx,
        tag,
        breakpoints: true,
      }))
      const journal = { version: '7', dialect: 'postgresql', entries }
      await writeFile(join(directory, 'meta', '_journal.json'), JSON.stringify(journal))
      for (const [tag, text] of Object.entries(next)) await writeFile(join(directory, `${tag}.sql`), text)
    },
  }
  await folder.write(files)
  return folder
}

export const MIGRATIONS = join(import.meta.dirname, '../../migrations')

/**
 * A copy of this release's migrations, all of them released, with further ones behind them.
 * @param released those of the further ones that end a release
 */
export async function migrationsBehind(
  files: Record<string, string>,
  released: readonly string[] = [],
): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'brigade-migrations-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  await cp(MIGRATIONS, directory, { recursive: true })
  const journalPath = join(directory, 'meta', '_journal.json')
  const releasesPath = join(directory, 'releases.json')
  const journal = JSON.parse(await readFile(journalPath, 'utf8'))
  const releases = JSON.parse(await readFile(releasesPath, 'utf8'))
  const last = journal.entries.at(-1)
  const ends = [last.tag, ...released].filter((tag) => releases.at(-1)?.through !== tag)
  for (const tag of ends) releases.push({ version: `through ${tag}`, through: tag })
  for (const [at, [tag, text]] of Object.entries(files).entries()) {
    await writeFile(join(directory, `${tag}.sql`), text)
    journal.entries.push({ ...last, idx: last.idx + 1 + at, when: last.when + 1 + at, tag })
  }
  await writeFile(journalPath, JSON.stringify(journal))
  await writeFile(releasesPath, JSON.stringify(releases))
  return directory
}

/** A copy of this release's migrations and their ways back that ends with one of them, as the release of that time had it. */
export async function migrationsThrough(name: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'brigade-migrations-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  const journal = JSON.parse(await readFile(join(MIGRATIONS, 'meta/_journal.json'), 'utf8'))
  const tags: string[] = journal.entries.map(({ tag }: { tag: string }) => tag)
  const kept = new Set(tags.slice(0, tags.indexOf(name) + 1).map((tag) => `${tag}.sql`))
  await cp(MIGRATIONS, directory, {
    recursive: true,
    filter: (path) => !path.endsWith('.sql') || kept.has(basename(path)),
  })
  journal.entries.splice(kept.size)
  await writeFile(join(directory, 'meta/_journal.json'), JSON.stringify(journal))
  return directory
}
