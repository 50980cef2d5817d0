import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A migration as it is run here. */
export type File = {
  name: string
  text: string
  /** How it is taken back; null where its statements say it. */
  reverse: string | null
  /** SQL that brings about what it needs to find and is not measured. */
  before: string | null
  /** Of the first release, and run a second time under other names. */
  isAgain: boolean
}

/** A folder of migrations that grows by one file after the other, as releases do. */
export class GrowingFolder {
  readonly #names: string[] = []

  private constructor(readonly directory: string) {}

  static async create(): Promise<GrowingFolder> {
    const directory = await mkdtemp(join(tmpdir(), 'brigade-migrations-'))
    await mkdir(join(directory, 'meta'))
    await mkdir(join(directory, 'reverse'))
    return new GrowingFolder(directory)
  }

  async add({ name, text, reverse }: File): Promise<void> {
    await writeFile(join(this.directory, `${name}.sql`), text)
    if (reverse) await writeFile(join(this.directory, 'reverse', `${name}.sql`), reverse)
    this.#names.push(name)
    await this.#writeJournal()
  }

  remove(): Promise<void> {
    return rm(this.directory, { recursive: true })
  }

  #writeJournal(): Promise<void> {
    const entries = this.#names.map((tag, when) => ({ tag, when: 1_700_000_000_000 + when }))
    return writeFile(join(this.directory, 'meta/_journal.json'), JSON.stringify({ entries }))
  }
}
