import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { type Migration, parseMigration } from './parse'
import { Refused } from './refused'

const journalSchema = z.object({
  entries: z.array(z.object({ tag: z.string().regex(/^[\w.-]+$/), when: z.int() })),
})

export type MigrationFile = { name: string; when: number; text: string }

/**
 * All migrations of a folder, in the order of drizzle-kit's journal.
 * @throws {Refused} `bad_file`, when folder, journal and files don't fit together or a file is malformed
 */
export async function readMigrations(directory: string): Promise<Migration[]> {
  const files = await readMigrationFiles(directory)
  return files.map(({ name, when, text }) => parseMigration(name, when, text))
}

/**
 * The same before the files are looked into.
 * @throws {Refused} `bad_file`, when folder, journal and files don't fit together
 */
export async function readMigrationFiles(directory: string): Promise<MigrationFile[]> {
  const entries = await readJournal(directory)
  const files = new Set(await sqlFiles(directory))
  const found: MigrationFile[] = []
  for (const { tag, when } of entries) {
    if (!files.delete(tag)) throw bad(`The journal names migration ${tag}, but there is no file ${tag}.sql.`)
    found.push({ name: tag, when, text: await readFile(join(directory, `${tag}.sql`), 'utf8') })
  }
  const [stray] = files
  if (stray !== undefined)
    throw bad(
      `Migration ${stray} is not in the journal: make files with \`npm run db:generate\` (with \`-- --custom\` for SQL of your own).`,
    )
  return found
}

async function readJournal(directory: string) {
  const path = join(directory, 'meta', '_journal.json')
  let content: unknown
  try {
    content = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw new Refused('bad_file', `The migrations' journal ${path} can't be read.`, { cause: error })
  }
  const journal = journalSchema.safeParse(content)
  if (!journal.success) throw bad(`The migrations' journal ${path} is not as drizzle-kit writes it.`)
  refuseDisorder(journal.data.entries)
  return journal.data.entries
}

/** Drizzle's own tools go by date where we go by place; two merged branches can make these disagree. */
function refuseDisorder(entries: { tag: string; when: number }[]): void {
  const seen = new Set<string>()
  let previous: { tag: string; when: number } | undefined
  for (const entry of entries) {
    if (seen.has(entry.tag)) throw bad(`The journal names migration ${entry.tag} twice.`)
    if (previous && entry.when < previous.when)
      throw bad(
        `The journal lists migration ${entry.tag} after ${previous.tag} but dates it before: generate ${entry.tag} again.`,
      )
    seen.add(entry.tag)
    previous = entry
  }
}

async function sqlFiles(directory: string): Promise<string[]> {
  const names = await readdir(directory)
  return names.filter((name) => name.endsWith('.sql')).map((name) => basename(name, '.sql'))
}

function bad(message: string): Refused {
  return new Refused('bad_file', message)
}
