import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Sentence } from './sentence.mjs'

const manifest = z.object({
  format: z.literal(1),
  /** `dump`: database.dump, for pg_restore. `copy`: cluster/ and wal/, the files of the embedded server. */
  kind: z.enum(['dump', 'copy']),
  madeAt: z.string(),
  server: z.string(),
  major: z.int(),
  database: z.string(),
  /** Up to where a copy's log is replayed: the place that `contents` describes. */
  lsn: z.string().nullable(),
  /** Null for a copy made while something was written at every moment. */
  contents: z
    .object({
      tables: z.array(z.object({ name: z.string(), rows: z.string(), hash: z.string() })),
      constraints: z.array(z.string()),
    })
    .nullable(),
})
export type Manifest = z.output<typeof manifest>

/**
 * Makes a backup's folder: filled under another name, so that a backup that was interrupted is not taken for one.
 * @throws {Sentence} when there is something of that name
 */
export async function makeBackup(
  folder: string,
  fill: (unfinished: string) => Promise<Manifest>,
): Promise<Manifest> {
  if (await stat(folder).catch(() => null))
    throw new Sentence(`${folder} exists already: name a new folder for the backup.`)
  const unfinished = `${folder}.unfinished-${process.pid}`
  await mkdir(unfinished, { recursive: true, mode: 0o700 })
  try {
    const made = await fill(unfinished)
    await writeFile(join(unfinished, 'manifest.json'), `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 })
    await rename(unfinished, folder)
    return made
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw error
  }
}

/** @throws {Sentence} when the folder is no backup of this program's */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => '')
  try {
    return manifest.parse(JSON.parse(text))
  } catch {
    throw new Sentence(`${folder} is no backup made by npm run db:backup.`)
  }
}
