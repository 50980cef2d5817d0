import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readMigrations } from '@/db/migrate/files'
import type { Migration } from '@/db/migrate/parse'
import { readWaysBack } from '@/db/migrate/ways-back'
import { root } from '../../bin/lib/paths.mjs'
import { run } from '../../bin/lib/run.mjs'
import { builtRelease } from '../lib/built-release'
import { databaseOfToday } from '../lib/database'
import type { File } from './folder'

const execute = promisify(execFile)
const MIGRATIONS = join(root, 'db/migrations')

/** What came after a release: the files that are applied while it serves. */
export type Upgrade = {
  version: string
  /** Its newest commit. */
  commit: string
  /** The migrations that it has. */
  base: File[]
  files: File[]
  /** Whether its files can be taken back without a backup. */
  hasWayBack: boolean
}

/** Each release with the files of the one after it; after the last one come those that no release has yet. */
export async function readUpgrades(): Promise<Upgrade[]> {
  const { files, releases } = await readAll()
  const ends = releases.map(({ through }) => files.findIndex(({ name }) => name === through) + 1)
  const all = await Promise.all(files.map(withReverse))
  const ways = await readWaysBack(MIGRATIONS, files)
  const upgrades: Upgrade[] = []
  for (const [at, { version }] of releases.entries()) {
    const [base, next] = [all.slice(0, ends[at]), all.slice(ends[at], ends[at + 1])]
    const [first] = next
    const hasWayBack = next.every(({ name }) => ways.get(name))
    if (first)
      upgrades.push({ version, base, files: next, hasWayBack, commit: await commitBefore(first.name) })
  }
  return upgrades
}

/** The migrations of the first release, which none before it served under. */
export async function readFirst(): Promise<Migration[]> {
  const { files, releases } = await readAll()
  return files.slice(0, files.findIndex(({ name }) => name === releases[0]?.through) + 1)
}

async function readAll() {
  const releases: { version: string; through: string }[] = JSON.parse(
    await readFile(join(MIGRATIONS, 'releases.json'), 'utf8'),
  )
  return { files: await readMigrations(MIGRATIONS), releases }
}

async function withReverse({ name, text }: Migration): Promise<File> {
  const reverse = await readFile(join(MIGRATIONS, 'reverse', `${name}.sql`), 'utf8').catch(() => null)
  return { name, text, reverse, before: null, isAgain: false }
}

/** The newest commit that knows nothing of a migration. */
async function commitBefore(migration: string): Promise<string> {
  const path = `db/migrations/${migration}.sql`
  const { stdout } = await git('log', '--diff-filter=A', '--format=%H', '-1', '--', path)
  const added = stdout.trim()
  return (await git('rev-parse', added ? `${added}^` : 'HEAD')).stdout.trim()
}

const git = (...args: string[]) => execute('git', args, { cwd: root, maxBuffer: 2 ** 26 })

/** The volume set as the first release makes it, in a database of its own; made on first use, a new one each day. */
export async function firstDatabase(baseUrl: string): Promise<string> {
  const [first] = await readUpgrades()
  if (!first) throw new Error('No migration has come after the first release.')
  const folder = await builtRelease(first.commit)
  return databaseOfToday(baseUrl, `first_${first.version.replaceAll('.', '_')}`, async (url) => {
    await command(folder, url, 'db-migrate')
    await command(folder, url, 'db-seed', '--scale', '1')
  })
}

/** Runs a command of a release. */
async function command(folder: string, url: string, name: string, ...args: string[]): Promise<void> {
  const { code } = await run(process.execPath, ['--import', 'tsx', `bin/commands/${name}.ts`, ...args], {
    cwd: folder,
    env: { ...process.env, DATABASE_URL: url, DATABASE_DIRECT_URL: url },
    stdio: ['ignore', 2, 'inherit'],
  })
  if (code !== 0) throw new Error(`In ${folder}, ${name} ended with ${code}.`)
}
