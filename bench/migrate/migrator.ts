import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Progress } from '@/db/migrate/progress'
import type { MigrationResult } from '@/db/migrate/runner'

type Message = { progress?: Progress; result?: MigrationResult; ready?: true }

const CHILD = join(import.meta.dirname, 'migrator-child.ts')

/** A migrator's process, which can be killed in the middle. */
export class Migrator {
  readonly #gone: Promise<null>

  private constructor(private readonly child: ChildProcess) {
    this.#gone = once(child, 'exit').then(() => null)
  }

  /** Resolves once it waits for work. */
  static async start(url: string): Promise<Migrator> {
    const child = fork(CHILD, [url], { execArgv: ['--import', 'tsx'] })
    await once(child, 'message')
    return new Migrator(child)
  }

  /** Brings the database to the end of a folder. Null when the process was killed meanwhile. */
  async apply(
    directory: string,
    onProgress: (progress: Progress) => void = () => {},
  ): Promise<MigrationResult | null> {
    const result = new Promise<MigrationResult>((resolve) => {
      const listen = (message: Message) => {
        if (message.progress) onProgress(message.progress)
        if (!message.result) return
        this.child.off('message', listen)
        resolve(message.result)
      }
      this.child.on('message', listen)
    })
    this.child.send(directory)
    return Promise.race([result, this.#gone])
  }

  /** As `kill -9` does. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.#gone
  }

  async stop(): Promise<void> {
    this.child.disconnect()
    await this.#gone
  }
}
