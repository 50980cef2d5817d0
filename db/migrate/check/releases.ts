import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Refused } from '../refused'

const schema = z.array(z.object({ version: z.string().min(1), through: z.string() }))

/** Which migrations came with which release, from db/migrations/releases.json. */
export class Releases {
  readonly #order: Map<string, number>

  /**
   * @param files the migrations' names in order
   * @param releases in order, each with the last migration that came with it or with one before
   */
  constructor(files: readonly string[], releases: z.infer<typeof schema>) {
    const ends = releases.map(({ through }) => files.indexOf(through))
    const [first = -1] = ends
    this.#order = new Map(
      files.map((file, place) => {
        // Before there were releases, installations followed main: each file counts as one.
        if (place <= first) return [file, place - first - 1]
        const release = ends.findIndex((end) => place <= end)
        return [file, release === -1 ? Number.POSITIVE_INFINITY : release]
      }),
    )
  }

  /** Whether no installation can have run with the one and without the other. */
  cameTogether(a: string, b: string): boolean {
    return this.#order.get(a) === this.#order.get(b)
  }

  /** Whether a release that has `earlier` came before the one that has, or will have, `later`. */
  isReleasedBefore(earlier: string, later: string): boolean {
    return (
      (this.#order.get(earlier) ?? Number.POSITIVE_INFINITY) <
      (this.#order.get(later) ?? Number.NEGATIVE_INFINITY)
    )
  }
}

/**
 * Reads the releases of a folder of migrations.
 * @throws {Refused} `bad_file`, when the list is malformed or names a migration that is not there
 */
export async function readReleases(directory: string, files: readonly string[]): Promise<Releases> {
  const path = join(directory, 'releases.json')
  const list = schema.safeParse(JSON.parse(await readFile(path, 'utf8')))
  if (!list.success)
    throw new Refused(
      'bad_file',
      `${path} must be a list of {"version": "1.2.3", "through": "0000_last_migration"}.`,
    )
  const ends = list.data.map(({ through }) => files.indexOf(through))
  const wrong = list.data.find((_, at) => (ends[at] ?? -1) < Math.max(0, ends[at - 1] ?? 0))
  if (wrong)
    throw new Refused(
      'bad_file',
      `${path} says that ${wrong.version} goes through ${wrong.through}, which is no migration, or one before that of the release before.`,
    )
  return new Releases(files, list.data)
}
