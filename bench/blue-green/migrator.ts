import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../../bin/lib/run.mjs'

/** A release's own commands for a database, run in the folder of its build. */
export class Migrator {
  constructor(
    private readonly folder: string,
    private readonly databaseUrl: string,
  ) {}

  /** Brings the database up to this release; milliseconds, the start of the program included. */
  async forward(): Promise<number> {
    const started = performance.now()
    const { code, output } = await this.#run('db-migrate')
    if (code !== 0) throw new Error(`The migrations of ${this.folder} failed:\n${output}`)
    return performance.now() - started
  }

  /** Whether this release may start on the database as it is: what it would do first is this. */
  async mayStart(): Promise<boolean> {
    return (await this.#run('db-migrate')).code === 0
  }

  /** Takes back what came after a migration. */
  async backTo(name: string): Promise<void> {
    const { code, output } = await this.#run('db-migrate', '--back-to', name, '--yes')
    if (code !== 0) throw new Error(`The way back to ${name} failed:\n${output}`)
  }

  async seed(scale: number): Promise<void> {
    const { code, output } = await this.#run('db-seed', '--scale', String(scale))
    if (code !== 0) throw new Error(`The volume set could not be loaded:\n${output}`)
  }

  /** The migrations that this release has, in order. */
  async names(): Promise<string[]> {
    const path = join(this.folder, 'db/migrations/meta/_journal.json')
    const journal: { entries: { tag: string }[] } = JSON.parse(await readFile(path, 'utf8'))
    return journal.entries.map(({ tag }) => tag)
  }

  /** Whether one of these migrations takes away what the release before may use. */
  async contracts(names: readonly string[]): Promise<boolean> {
    const texts = await Promise.all(
      names.map((name) => readFile(join(this.folder, 'db/migrations', `${name}.sql`), 'utf8')),
    )
    return texts.some((text) => /^-- phase: contract$/m.test(text))
  }

  #run(command: string, ...args: string[]): Promise<{ code: number; output: string }> {
    const file = join(this.folder, 'bin/commands', `${command}.ts`)
    if (!existsSync(file)) throw new Error(`${this.folder} has no ${command}.`)
    return run(process.execPath, ['--import', 'tsx', file, ...args], {
      cwd: this.folder,
      env: { ...process.env, DATABASE_URL: this.databaseUrl, DATABASE_DIRECT_URL: this.databaseUrl },
    })
  }
}
